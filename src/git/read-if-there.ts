import { readFileSync } from 'node:fs'

/** The bytes of a file; undefined where there is none. Whatever else is wrong with it is thrown as it comes. */
export function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return undefined
    throw error
  }
}
