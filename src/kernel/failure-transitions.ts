import type { Trie } from './build-trie.ts'

/**
 * Fills the empty entries of each row, shallow states first, and returns the states in that order.
 * @param twins class of a capital that is told from its small letter → class of that; they are the last classes
 */
export function addFailureTransitions(
  trie: Trie,
  stride: number,
  twins: ReadonlyMap<number, number>,
): Int32Array {
  const { transitions, literalOf, nextAccepting } = trie
  const failure = new Int32Array(literalOf.length)
  const order = new Int32Array(literalOf.length)
  /** States in which a literal that begins with a capital stands. */
  const capital = new Set<number>()
  let queued = 1
  for (let next = 0; next < queued; next++) {
    const state = order[next]!
    const fallback = failure[state / stride]!
    for (let entry = 0; entry < stride - 1; entry++) {
      const child = transitions[state + entry]!
      const elsewhere = state === 0 ? 0 : transitions[fallback + entry]!
      const twin = twins.get(entry)
      if (twin !== undefined) {
        addCapital(state + entry, transitions[state + twin]!, elsewhere)
        continue
      }
      if (child === 0) {
        transitions[state + entry] = elsewhere
        continue
      }
      add(child, elsewhere)
    }
  }
  return order.slice(0, queued)

  /**
   * Where a capital leads: to what its small letter leads to, and where a literal begins with it to a state like that one
   * in which the literal stands, too.
   */
  function addCapital(entry: number, small: number, elsewhere: number): void {
    const own = transitions[entry]!
    const holder = own || (capital.has(elsewhere) ? elsewhere : 0)
    if (holder === 0 || (own === 0 && failure[elsewhere / stride] === small)) {
      transitions[entry] = holder || small
      return
    }
    const state = own || trie.stateCount++ * stride
    transitions[entry] = state
    capital.add(state)
    literalOf[state / stride] = literalOf[holder / stride]!
    add(state, small)
  }

  /** A state, and that of the longest other beginning that its text ends with. */
  function add(state: number, suffix: number): void {
    failure[state / stride] = suffix
    const number = suffix / stride
    nextAccepting[state / stride] = literalOf[number]! >= 0 ? number : nextAccepting[number]!
    order[queued++] = state
  }
}
