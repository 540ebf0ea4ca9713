/**
 * What must stand around a literal for a hit on it to be of use: conditions on single bytes, so cheap that a hit costs
 * less than it would cost the caller to look at it. A hit is kept if one of its literal's conditions holds, and without
 * a condition always. Where the bytes around it are not at hand, and near escapes, it is kept as well: the caller tests again.
 */
export interface HitFilter {
  /** By literal id; undefined: every hit is kept. */
  literals: readonly (LiteralFilter | undefined)[]
  /** Sets of bytes, each of 256 bits in 32 bytes, lowest byte first. */
  sets: Uint8Array
  /** Byte → the kinds of byte that it is one of. */
  kinds: Uint8Array
  /** How surprising a letter is behind another, see `letter-pairs.ts`. */
  surprises: Uint8Array
}

/** Kinds of byte that names and what follows them are made of. */
export const byteKind = { name: 1, blank: 2, closer: 4, operator: 8, word: 16 } as const

export interface LiteralFilter {
  /** Set of bytes one of which follows the literal wherever it is kept; absent: any, or none. Only asked where all of the literal is its key. */
  next?: number
  /** The literal begins an escape: kept, and hits around it too, as they may mean something else once it is undone. */
  isEscape?: boolean
  /** Kept where the name that it is part of, or is a whole word of, can be followed by a value. */
  inName?: 'part' | 'word'
  /** Which values are of use behind such a name; absent: all. */
  value?: ValueFilter
  /** Also kept where it starts a word and so many bytes of a set in a row, two digits among them, stand near behind it. */
  beside?: { run: number; set: number }
  /** Also kept where it starts a word and its line ends near behind it. */
  opensBlock?: boolean
  /** Kept where one of these stands around it. */
  leads?: readonly Lead[]
}

export interface ValueFilter {
  /** Bytes that it has at least. */
  least: number
  /** If it is shorter than this, it neither holds a blank nor reads as words with a digit at most. Without quotes, it is no expression of code. */
  wordsBelow: number
  /** Nats a letter below which it reads as words. */
  surprise: number
}

/** Bytes of certain sets in a row. */
export interface Lead {
  /** Bytes from its start to the literal. */
  before: number
  /** A set and how many bytes of it, then the next set and so on. */
  runs: readonly number[]
  /** The same for what follows the literal. */
  tail: readonly number[]
  /** No byte of the kind `word` stands before it, unless a backslash makes it another one. */
  startsWord: boolean
  /** Set of the byte before it, unless it starts the text. */
  guard?: number
  /** Somewhere behind the literal stands this byte, at most so many bytes of a set later. */
  mark?: { byte: number; set: number; most: number }
}

/*
 * As 32-bit numbers: for each literal the distance in bytes to its entry, 0 where there is none. An entry is
 *   flags, length of the literal, number of leads, least bytes of a value, fewest bytes of a value that may be words, run,
 *   twentieths of a nat below which letters read as words, the run's set; and for each lead
 *   before, startsWord, guard + 1 or 0, for runs and tail each bytes and number of pairs; the mark, its set and most bytes (0 where it
 *   has none); pairs of set and count
 */
export function encodeHitFilter({ literals }: HitFilter, lengths: Int32Array): Uint32Array {
  const words: number[] = Array.from({ length: Math.max(1, lengths.length) }, () => 0)
  for (const [id, length] of lengths.entries()) {
    const filter = literals[id]
    if (!filter) continue
    words[id] = words.length * 4
    const { isEscape, inName, beside, opensBlock, value, leads = [] } = filter
    const flags =
      (inName ? 1 : 0) |
      (isEscape ? 2 : 0) |
      (inName === 'word' ? 4 : 0) |
      (beside ? 8 : 0) |
      (opensBlock ? 16 : 0)
    words.push(flags, length, leads.length, value?.least ?? 0, Math.min(value?.wordsBelow ?? 0, MAX_LENGTH))
    words.push(
      beside?.run ?? 0,
      Math.min(Math.round((value?.surprise ?? 0) * 20), MAX_LENGTH),
      beside?.set ?? 0,
    )
    for (const { before, runs, tail, startsWord, guard, mark } of leads) {
      words.push(before, startsWord ? 1 : 0, guard === undefined ? 0 : guard + 1)
      words.push(lengthOf(runs), runs.length / 2, lengthOf(tail), tail.length / 2)
      words.push(mark?.byte ?? 0, mark?.set ?? 0, mark?.most ?? 0, ...runs, ...tail)
    }
  }
  return Uint32Array.from(words)
}

const MAX_LENGTH = 0xffff_ffff

/** Bytes that a lead's runs are. */
export function lengthOf(runs: readonly number[]): number {
  return runs.reduce((sum, number, at) => (at % 2 === 1 ? sum + number : sum), 0)
}
