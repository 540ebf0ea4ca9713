import { readFileSync } from 'node:fs'
import { CorruptObjectError } from '../../git/git-object.ts'
import { readReftable } from '../../git/reftable.ts'

/** Files with refs and reflogs in git's newer format, where names are cut short and logs are compressed. */
export function isReftable(path: string): boolean {
  return /(?:^|\/)reftable\/[^/]+\.ref$/.test(path)
}

/** What such a file says: a line a ref, then a line for each entry of a reflog, removed ones too. */
export function readReftableText(path: string | Buffer): Buffer {
  try {
    const { refs, logs } = readReftable(readFileSync(path), String(path))
    const lines = logs.flatMap(({ name, change }) =>
      change ? [`${change.before} ${change.after} ${name} ${change.committer}\t${change.message}`] : [],
    )
    return Buffer.from(
      [...refs.map(({ name, id = '', target = '' }) => `${id}${target} ${name}`), ...lines].join('\n'),
    )
  } catch (error) {
    // Damaged, which is told where refs are listed, or put together with others meanwhile.
    if (error instanceof CorruptObjectError || (error instanceof Error && 'code' in error))
      return Buffer.alloc(0)
    throw error
  }
}
