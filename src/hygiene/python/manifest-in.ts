import { matchGlob } from '../match-glob.ts'
import { isWithin } from './python-project.ts'

/**
 * Whether MANIFEST.in takes a file: commands in order, the last that concerns it decides. `undefined` where none does.
 * https://setuptools.pypa.io/en/latest/userguide/miscellaneous.html#controlling-files-in-the-distribution
 */
export function decideByManifest(text: string, path: string): boolean | undefined {
  let decision: boolean | undefined
  for (const line of text.replace(/\\\r?\n/g, ' ').split(/\r?\n/)) {
    const [command = '', ...words] = line.replace(/#.*/, '').trim().split(/\s+/)
    if (isMeant(command, words, path)) decision = /include$|^graft$/.test(command)
  }
  return decision
}

function isMeant(command: string, words: readonly string[], path: string): boolean {
  const [folder = '', ...patterns] = words
  switch (command) {
    case 'include':
    case 'exclude':
      return words.some(pattern => matchGlob(pattern.replace(/^\.\//, ''), path))
    case 'recursive-include':
    case 'recursive-exclude':
      return isWithin(path, folder) && patterns.some(pattern => matchGlob(`**/${pattern}`, path))
    case 'global-include':
    case 'global-exclude':
      return words.some(pattern => matchGlob(`**/${pattern}`, path))
    case 'graft':
    case 'prune':
      return words.some(name => isWithin(path, name))
    default:
      return false
  }
}
