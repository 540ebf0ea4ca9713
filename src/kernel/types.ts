import type { HitFilter } from './hit-filter.ts'

/**
 * Tables of a dense Aho-Corasick automaton over byte classes, made from the *reversed* keys of literals and run from the
 * end of the text to its beginning. A hit is then found at its start, so hits need no sorting, and a search that
 * is cut into pieces knows at once which piece a hit belongs to.
 * A literal's key is its beginning, or all of it: where a key stands the literal's other bytes are compared.
 * Upper and lower case share a class, so a search ignores ASCII case; whoever needs the exact case compares the
 * bytes of a hit. A capital only has a class of its own where a literal of two letters wants it first.
 */
export interface Automaton {
  /** Byte → class, 256 entries. Class 0 holds every byte that occurs in no literal. */
  classes: Uint8Array
  /** Entries of a state's row: one for each class, and a last one that says where the state's outputs begin. */
  stride: number
  /** `transitions[state + class]` is the next state; states are premultiplied by the stride; 0 is the root. */
  transitions: Int32Array
  /** The first accepting state, premultiplied: every state at or above it accepts. */
  firstAccepting: number
  /**
   * For an accepting state, `transitions[state + stride - 1]` is an index in here: of the number of literals whose
   * keys start at this place, followed by their ids in ascending order.
   */
  outputs: Int32Array
  /** Literal id → length in bytes. */
  lengths: Int32Array
  /** Literal id → length of its key. */
  keyLengths: Int32Array
  /** The literals in folded case, one behind the other. */
  texts: Uint8Array
}

/** Hits in order of their start, those with one start in order of their literal. */
export interface Hits {
  count: number
  /** Start offset of each hit; entries from `count` on mean nothing. */
  starts: Int32Array
  /** Literal id of each hit; it ends at `starts[i] + lengths[literals[i]]`. */
  literals: Int32Array
}

/** Runs of the characters that base64 is written in (letters, digits, `+ / - _`), in order, each as long as it can be. */
export interface Runs {
  count: number
  /** Start offset of each run; entries from `count` on mean nothing. */
  starts: Int32Array
  /** Where each run ends, exclusive. */
  ends: Int32Array
}

/** Finds every occurrence (overlapping ones too) of every literal, ASCII case ignored, but for those that a filter drops. */
export interface Kernel {
  readonly name: 'js' | 'wasm'
  /**
   * Memory of the kernel to read bytes into, so that `search` need not copy them. The bytes in it stay as they
   * are through searches, also of other bytes. The next call of `input` gives the same memory again: its bytes are
   * then to be written anew, and views from earlier calls are no longer valid.
   */
  input(capacity: number): Uint8Array
  /**
   * Searches `bytes[0 .. length)`; `length` is less than 2³¹. The result is reused by the next call.
   * @param isCode bare words are expressions: a filter drops names that have no other value. Default false
   * @throws RangeError when `bytes` is shorter than `length`, as a view is that `input` has made invalid.
   */
  search(bytes: Uint8Array, length: number, isCode?: boolean): Hits
  /** The same for binary content, faster, as few literals count there; where it is absent `search` finds them. */
  searchBinary?(bytes: Uint8Array, length: number): Hits
  /**
   * Finds the runs in `bytes[0 .. length)` that have at least 24 characters. The result is reused by the next call.
   */
  findRuns(bytes: Uint8Array, length: number): Runs
}

export interface KernelOptions {
  /** Leaves out hits that are of no use; the plain JavaScript kernel, to which it is no gain, keeps them. */
  filter?: HitFilter | undefined
  /** Bytes from which a block is searched in eight interleaved streams; by default what was measured, and not before the code is worth it. */
  interleaveFrom?: number
}
