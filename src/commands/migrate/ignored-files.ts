import { join } from 'node:path'
import { runGit } from '../../git/run-git.ts'
import { findProject } from '../project.ts'
import { readIfThere } from '../read-if-there.ts'
import { type FileChange, planTextFile } from './text-file.ts'

/** Makes git ignore the files that are moved away, so that a new one is not committed; undefined where it does so already. */
export async function planIgnored(root: string, files: readonly string[]): Promise<FileChange | undefined> {
  if (!findProject(root).repository) return undefined
  const open: string[] = []
  for (const file of files) if (!(await isIgnored(root, file))) open.push(file)
  if (open.length === 0) return undefined
  const before = readIfThere(join(root, '.gitignore')) ?? ''
  const gap = before === '' || before.endsWith('\n') ? '' : '\n'
  return planTextFile(
    root,
    '.gitignore',
    `${before}${gap}${open.map(file => `/${escapePattern(file)}\n`).join('')}`,
  )
}

/** By the patterns alone, whether it is tracked or not. */
async function isIgnored(root: string, file: string): Promise<boolean> {
  return (await runGit(root, ['check-ignore', '--quiet', '--no-index', '--', file])).code === 0
}

function escapePattern(path: string): string {
  return path.replace(/[\\*?[\]]/g, '\\$&').replace(/ $/, '\\ ')
}
