import { chmodSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, relative } from 'node:path'
import { UserError } from '../../errors.ts'
import type { FileChange } from '../../hooks/hook-manager.ts'
import { writeFileAtomically } from '../../system/write-file-atomically.ts'

/** @throws UserError for a file that cannot be written */
export function applyChanges(changes: readonly FileChange[]): void {
  for (const change of changes) {
    try {
      applyChange(change)
    } catch (error) {
      throw new UserError(`cannot write "${change.path}"`, 'Check that its folder can be written.', {
        cause: error,
      })
    }
  }
}

function applyChange({ path, text, executable, movedFrom }: FileChange): void {
  if (movedFrom !== undefined) renameSync(movedFrom, path)
  else if (text === undefined) rmSync(path)
  else {
    mkdirSync(dirname(path), { recursive: true })
    writeFileAtomically(path, text)
    if (executable) chmodSync(path, 0o755)
  }
}

/** `change .husky/pre-commit`, for a plan. */
export function describeChange({ path, text, movedFrom }: FileChange, cwd: string): string {
  const shown = relative(cwd, path) || path
  if (movedFrom !== undefined) return `restore ${shown}`
  return `${text === undefined ? 'remove' : 'change'} ${shown}`
}
