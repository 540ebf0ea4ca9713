import { dirname, join } from 'node:path'
import { runGit } from '../../git/run-git.ts'
import { escapePattern } from '../../hygiene/repair.ts'
import { findProject } from '../project.ts'
import { readIfThere } from '../read-if-there.ts'
import { type FileChange, planTextFile } from './text-file.ts'

/**
 * Makes git ignore the files that are moved away, so that a new one is not committed, and not ignore the templates, which
 * belong into it; undefined where it does so already.
 */
export async function planIgnored(
  root: string,
  files: readonly string[],
  templates: readonly string[],
): Promise<FileChange | undefined> {
  if (!findProject(root).repository) return undefined
  const lines: string[] = []
  for (const template of templates) lines.push(...(await admit(root, template)))
  for (const file of files) if (!(await isIgnored(root, file))) lines.push(`/${escapePattern(file)}`)
  const fresh = [...new Set(lines)]
  if (fresh.length === 0) return undefined
  const before = readIfThere(join(root, '.gitignore')) ?? ''
  const gap = before === '' || before.endsWith('\n') ? '' : '\n'
  return planTextFile(root, '.gitignore', `${before}${gap}${fresh.map(line => `${line}\n`).join('')}`)
}

/** By the patterns alone, whether it is tracked or not. */
export async function isIgnored(root: string, file: string): Promise<boolean> {
  return (await runGit(root, ['check-ignore', '--quiet', '--no-index', '--', file])).code === 0
}

/** Git does not look into a directory that it ignores (`env/`, as Python's patterns have it): that is taken back in first. */
async function admit(root: string, template: string): Promise<string[]> {
  if (!(await isIgnored(root, template))) return []
  const folder = escapePattern(dirname(template))
  const isFolderIgnored = folder !== '.' && (await isIgnored(root, `${dirname(template)}/`))
  return [...(isFolderIgnored ? [`!/${folder}/`, `/${folder}/*`] : []), `!/${escapePattern(template)}`]
}
