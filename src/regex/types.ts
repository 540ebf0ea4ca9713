/**
 * A parsed regular expression: what RE2, Rust's regex and JavaScript have in common, without look-around and
 * back-references. Flags, named classes and plain groups are gone; what they meant is in the sets and the tree.
 */
export type Node =
  | { type: 'empty' }
  /** One character out of inclusive, sorted, merged code ranges; no range means that nothing matches. Codes are Latin-1 (0–255). */
  | { type: 'set'; ranges: Ranges }
  | { type: 'sequence'; items: readonly Node[] }
  /** The first option that leads to a match wins. */
  | { type: 'choice'; options: readonly Node[] }
  /** `max` may be Infinity. */
  | { type: 'repeat'; item: Node; min: number; max: number; lazy: boolean }
  /** A capture group; `index` counts from 1 in order of opening brackets. */
  | { type: 'group'; item: Node; index: number; name?: string }
  | { type: 'assert'; kind: AssertKind }

/** `word` and `not-word` are `\b` and `\B` over ASCII; lines end at `\n` only. */
export type AssertKind = 'text-start' | 'text-end' | 'line-start' | 'line-end' | 'word' | 'not-word'

/** Inclusive ranges, sorted, neither overlapping nor touching. */
export type Ranges = readonly (readonly [number, number])[]

/**
 * Character for character the set that it belongs to, as far as all matches have a character there. `whole`: they are
 * all characters there are, so that what follows in a sequence continues them.
 */
export interface Sets {
  sets: readonly Ranges[]
  whole: boolean
}

export interface Pattern {
  node: Node
  /** Number of capture groups. */
  groups: number
  /** Name → group index. */
  names: Readonly<Record<string, number>>
}

/** Whose syntax and meaning a pattern is written in. */
export type Dialect = 're2' | 'rust'

/**
 * How far a match reaches around one of its literals, in characters; `Infinity` where the pattern has no bound.
 * `\b`, `^` and `$` look one character further.
 */
export interface Anchor {
  /** Lower-cased literal, Latin-1, at least the asked length. */
  literal: string
  /** Most characters of the match before the literal's first character. */
  before: number
  /** Fewest of them. The same as `before` where the literal tells exactly where a match begins. */
  leastBefore: number
  /** Most characters of the match after the literal's last character. */
  after: number
  /** What follows the literal in every match. */
  tail: Sets
  /** Code of a character that stands somewhere behind the literal in every match. */
  mark?: number | undefined
}
