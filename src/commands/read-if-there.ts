import { readFileSync } from 'node:fs'
import { UserError } from '../errors.ts'

/**
 * The text of a file, undefined where there is none.
 * @throws UserError for one that cannot be read
 */
export function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return undefined
    throw new UserError(`cannot read "${path}"`, 'Check that it is a file and that you may read it.', {
      cause: error,
    })
  }
}
