/** What a repository's own directory holds besides objects: configuration, hooks, reflogs, messages being written, files of LFS. */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Repository } from '../../git/repository.ts'
import { type FileName, joinFileName, toFileName, toFsPath } from '../../system/file-name.ts'

export interface GitFile extends FileName {
  tracked: false
}

/** The directory that paths of `listGitFiles` count from, and what they begin with: `.git`, or nothing in a bare repository. */
export function rootOf({ commonDir, workTree }: Repository): { root: string; prefix: string } {
  const isUsual = workTree !== undefined && commonDir === join(workTree, '.git')
  return isUsual ? { root: workTree, prefix: '.git' } : { root: commonDir, prefix: '' }
}

/** Objects and indexes are read in other ways, and what git brings as an example says nothing. */
export function listGitFiles(repository: Repository): GitFile[] {
  const { root, prefix } = rootOf(repository)
  const files: GitFile[] = []
  visit({ path: prefix })
  return files

  function visit(directory: FileName): void {
    const at = toFsPath(joinFileName(root, directory.path === '' ? { path: '.' } : directory))
    const entries = listEntries(at)
    const isGitDir = entries.some(({ name }) => name.equals(headFile))
    for (const entry of entries) {
      const name = joinFileName(directory.path, toFileName(entry.name))
      const short = entry.name.toString('utf8')
      if (entry.isDirectory && !(isGitDir && short === 'objects')) visit(name)
      else if (entry.isFile && !(isGitDir && short === 'index') && !short.endsWith('.sample'))
        files.push({ ...name, tracked: false })
    }
  }
}

const headFile = Buffer.from('HEAD')

function listEntries(directory: string | Buffer): { name: Buffer; isFile: boolean; isDirectory: boolean }[] {
  try {
    return readdirSync(directory, { withFileTypes: true, encoding: 'buffer' }).map(entry => ({
      name: entry.name,
      isFile: entry.isFile(),
      isDirectory: entry.isDirectory(),
    }))
  } catch {
    // Removed meanwhile.
    return []
  }
}

/** Path → what changes when the file does. */
export function stampGitFiles(repository: Repository, files: readonly GitFile[]): Record<string, string> {
  const { root } = rootOf(repository)
  return Object.fromEntries(
    files.map(file => {
      const status = statSync(toFsPath(joinFileName(root, file)), { throwIfNoEntry: false })
      return [file.path, `${status?.size} ${status?.mtimeMs}`]
    }),
  )
}
