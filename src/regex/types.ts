/** A parsed regular expression: what RE2, Rust's regex and JavaScript have in common, without look-around and back-references. */
export type Node =
  | { type: 'empty' }
  /** Inclusive code ranges, sorted and merged, after case folding where the pattern asks for it. Codes are Latin-1 (0–255). */
  | { type: 'set'; ranges: readonly (readonly [number, number])[] }
  | { type: 'sequence'; items: readonly Node[] }
  | { type: 'choice'; options: readonly Node[] }
  | { type: 'repeat'; item: Node; min: number; max: number; lazy: boolean }
  /** `index` from 1 for a capture group, undefined for a plain one. */
  | { type: 'group'; item: Node; index?: number; name?: string }
  | { type: 'assert'; kind: 'text-start' | 'text-end' | 'line-start' | 'line-end' | 'word' | 'not-word' }

export interface Pattern {
  node: Node
  /** Number of capture groups. */
  groups: number
  names: Readonly<Record<string, number>>
}

/** How far a match reaches around one of its literals, in characters; `Infinity` where the pattern has no bound. */
export interface Anchor {
  /** Lower-cased literal, Latin-1, at least the asked length. */
  literal: string
  /** Most characters of the match before the literal's first character. */
  before: number
  /** Most characters of the match after the literal's last character. */
  after: number
}
