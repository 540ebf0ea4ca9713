/** Collects the literals of all rules; a literal's id is its place. Case is folded, as the automaton does. */
export interface LiteralTable {
  readonly literals: readonly string[]
  /** The id of a literal, added when it is new. */
  idOf(literal: string): number
}

export function createLiteralTable(): LiteralTable {
  const ids = new Map<string, number>()
  const literals: string[] = []
  return {
    literals,
    idOf(literal) {
      const folded = toLatin1(literal).toLowerCase()
      const known = ids.get(folded)
      if (known !== undefined) return known
      ids.set(folded, literals.length)
      literals.push(folded)
      return literals.length - 1
    },
  }
}

/** Text as the bytes of its UTF-8, one character a byte: how regexes and literals see content. */
export function toLatin1(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1')
}
