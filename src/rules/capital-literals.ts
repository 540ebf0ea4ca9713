import type { Program, RegexMatcher } from '../program.ts'

/**
 * The literals of two letters that are only wanted where a capital begins them, as in tokens in base32: so short ones stand in every
 * line of source text, and seldom like that.
 */
export function findCapitals({
  literals,
  rules,
  classes,
}: Pick<Program, 'literals' | 'rules' | 'classes'>): Set<number> {
  const capitals = new Set<number>()
  const others = new Set<number>()
  for (const { matcher } of rules) {
    if (matcher?.kind === 'assignment') for (const literal of matcher.names) others.add(literal)
    else if (matcher) addRegex(matcher)
  }
  for (const literal of others) capitals.delete(literal)
  return capitals

  function addRegex({ anchors, gate, shape, inLines }: RegexMatcher): void {
    for (const literal of gate) others.add(literal)
    for (const { literal, before, leastBefore } of anchors) {
      const text = literals[literal] ?? ''
      const isFirst = before === 0 && leastBefore === 0
      const isCapital = isFirst && /^[a-z][a-z]$/.test(text) && !holds(shape.lead[0], text.charCodeAt(0))
      ;(isCapital ? capitals : others).add(literal)
    }
    for (const part of [inLines?.whole, ...(inLines?.parts ?? [])]) if (part) addRegex(part)
  }

  /** Whether a class has the byte. */
  function holds(id: number | undefined, byte: number): boolean {
    const bits = Buffer.from(classes[id ?? -1] ?? '', 'hex')
    return ((bits[byte >> 3] ?? 0xff) & (1 << (byte & 7))) !== 0
  }
}
