/** The bytes are not what the format demands, or end too early. */
export class CorruptArchive extends Error {
  override name = 'CorruptArchive'
}

/** More than somebody allowed to come out of an archive. */
export class LimitReached extends Error {
  override name = 'LimitReached'
}

/** The bytes are right, but of a kind that we cannot read. */
export class UnsupportedArchive extends Error {
  override name = 'UnsupportedArchive'
}

export type ArchiveProblem = CorruptArchive | LimitReached | UnsupportedArchive

export function isArchiveProblem(error: unknown): error is ArchiveProblem {
  return (
    error instanceof CorruptArchive || error instanceof LimitReached || error instanceof UnsupportedArchive
  )
}

/** A library's complaint about the bytes is a corrupt archive; our own, and those of the system, stay what they are. */
export function asProblem(error: unknown, format: string): unknown {
  if (isArchiveProblem(error)) return error
  if (error instanceof Error && 'syscall' in error) return error
  return new CorruptArchive(`not valid ${format}`, { cause: error })
}
