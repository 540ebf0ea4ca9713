import type { SkipReason } from '../../model.ts'
import type { FileName } from '../../system/file-name.ts'
import type { Chunks } from '../byte-reader.ts'

/** A file in a container. */
export interface Entry {
  name: FileName
  /** Bytes that it takes up there, where it is packed on its own. */
  packed?: number
  /** To be taken, as far as somebody wants them, before the next entry is asked for. */
  chunks: Chunks
}

/** Is told of an entry that cannot be read although the others can. */
export type EntryProblem = (reason: SkipReason, name: FileName) => void
