/**
 * Tables of a dense Aho-Corasick automaton over byte classes. Upper and lower case share a class, so a search
 * ignores ASCII case; whoever needs the exact case compares the bytes of a hit.
 */
export interface Automaton {
  /** Byte → class, 256 entries. Class 0 holds every byte that occurs in no literal. */
  classes: Uint8Array
  /** Row stride is `1 << shift` entries. */
  shift: number
  /** `transitions[state + class]` is the next state; states are premultiplied by the stride; 0 is the root. */
  transitions: Int32Array
  /** The first accepting state, premultiplied: every state at or above it accepts. */
  firstAccepting: number
  /** For accepting state number `(state - firstAccepting) >> shift`: its outputs are `outputs[outputStarts[n] .. outputStarts[n + 1])`. */
  outputStarts: Int32Array
  /** Literal ids. */
  outputs: Int32Array
  /** Literal id → length in bytes. */
  lengths: Int32Array
}

/** Receives hits in order of `end`; `end` is exclusive; the literal starts at `end - lengths[literal]`. */
export interface Hits {
  count: number
  /** Start offset of each hit. */
  starts: Int32Array
  /** Literal id of each hit. */
  literals: Int32Array
}

/** Finds every occurrence (overlapping ones too) of every literal, ASCII case ignored. */
export interface Kernel {
  readonly name: 'js' | 'wasm'
  /** Searches `bytes[0 .. length)`. The result is reused by the next call. Hits are sorted by start, then literal id. */
  search(bytes: Uint8Array, length: number): Hits
}
