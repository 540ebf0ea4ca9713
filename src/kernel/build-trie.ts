import { UserError } from '../errors.ts'
import { upperCase } from './fold-case.ts'

export interface Trie {
  stateCount: number
  /** Rows of premultiplied states, 0 where there is none. */
  transitions: Int32Array
  /** State number → the first literal whose key it completes, or -1; `nextOfKey` has the others. */
  literalOf: Int32Array
  /** Literal → the next one that has the same key, or -1. */
  nextOfKey: Int32Array
  /** State number → number of the next accepting state on its failure path, or 0. */
  nextAccepting: Int32Array
}

/**
 * Of keys read from their ends.
 * @param capitals keys whose first letter counts as a capital only
 * @throws UserError for keys that are too many for one table
 */
export function buildTrie(
  keys: readonly Uint8Array[],
  classes: Uint8Array,
  stride: number,
  capitals: ReadonlySet<Uint8Array>,
): Trie {
  const length = keys.reduce((sum, key) => sum + key.length, 1)
  // Of each state there may be another that was reached by a capital.
  const mostStates = capitals.size > 0 ? 2 * length : length
  if (mostStates * stride > 0x7fff_ffff / Int32Array.BYTES_PER_ELEMENT) {
    throw new UserError(
      `${keys.length} search literals of ${mostStates} characters are too many for one table`,
      'Use fewer or shorter literals.',
    )
  }
  const transitions = new Int32Array(mostStates * stride)
  const literalOf = new Int32Array(mostStates).fill(-1)
  const nextOfKey = new Int32Array(keys.length).fill(-1)
  let stateCount = 1
  for (const [id, key] of keys.entries()) {
    if (key.length === 0) continue
    let state = 0
    for (let at = key.length - 1; at >= 0; at--) {
      const byte = at === 0 && capitals.has(key) ? upperCase(key[at]!) : key[at]!
      const entry = state + classes[byte]!
      if (transitions[entry] === 0) transitions[entry] = stateCount++ * stride
      state = transitions[entry]!
    }
    nextOfKey[id] = literalOf[state / stride]!
    literalOf[state / stride] = id
  }
  return { stateCount, transitions, literalOf, nextOfKey, nextAccepting: new Int32Array(mostStates) }
}
