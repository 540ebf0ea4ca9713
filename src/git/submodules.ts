import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { findRepository, type Repository } from './repository.ts'

/** Repositories of submodules that are kept within another one's directory, each with the submodule's name. */
export function listSubmodules({ commonDir }: Repository): { name: string; repository: Repository }[] {
  const found: { name: string; repository: Repository }[] = []
  visit(join(commonDir, 'modules'), '')
  return found

  function visit(directory: string, prefix: string): void {
    for (const name of listDirectories(directory)) {
      const path = join(directory, name)
      if (!existsSync(join(path, 'HEAD'))) {
        visit(path, `${prefix}${name}/`)
        continue
      }
      const repository = findRepository(path)
      if (repository?.commonDir === path) found.push({ name: prefix + name, repository })
      visit(join(path, 'modules'), `${prefix}${name}/`)
    }
  }
}

function listDirectories(directory: string): string[] {
  try {
    return readdirSync(directory, { withFileTypes: true })
      .filter(entry => entry.isDirectory())
      .map(({ name }) => name)
      .sort()
  } catch {
    // No submodules.
    return []
  }
}
