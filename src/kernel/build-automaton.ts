import { UserError } from '../errors.ts'
import { buildTrie, type Trie } from './build-trie.ts'
import { addFailureTransitions } from './failure-transitions.ts'
import { foldCase, upperCase } from './fold-case.ts'
import type { Automaton } from './types.ts'

/**
 * Builds the tables that find `literals`; a literal's id is its index. Each character stands for one byte (Latin-1).
 * The tables take `states × classes × 4` bytes, where states are at most all characters of all keys.
 * @param keyLengths how much of each literal is its key; all of it when absent. Shorter keys make smaller tables, and more
 *   places where the rest has to be compared. A literal whose key is empty is not looked for.
 * @param isCapital which literals are only wanted where their first letter is a capital; only asked of those of two letters
 * @throws UserError for an empty literal, one with a character above U+00FF, and for two that differ in case only.
 */
export function buildAutomaton(
  literals: readonly string[],
  keyLengths?: readonly number[],
  isCapital: (literal: number) => boolean = () => false,
): Automaton {
  const texts = literals.map(toFoldedBytes)
  refuseTwins(literals, texts)
  const keys = texts.map((text, id) => text.subarray(0, keyLengths?.[id]))
  const capitals = keys.filter(
    (key, id) => key.length === 2 && upperCase(key[0]!) !== key[0] && isCapital(id),
  )
  const { classes, classCount, twins } = assignClasses(keys, capitals)
  const stride = classCount + 1
  const trie = buildTrie(keys, classes, stride, new Set(capitals))
  const order = addFailureTransitions(trie, stride, twins)
  return layOut(trie, order, {
    classes,
    stride,
    lengths: Int32Array.from(texts, text => text.length),
    keyLengths: Int32Array.from(keys, key => key.length),
    texts: Buffer.concat(texts),
  })
}

function toFoldedBytes(literal: string): Uint8Array {
  if (literal === '')
    throw new UserError('A search literal is empty', 'Remove it from the rule that names it.')
  return Uint8Array.from(literal, character => {
    const byte = character.codePointAt(0)!
    if (byte > 0xff) {
      throw new UserError(
        `The search literal ${JSON.stringify(literal)} holds a character that is not one byte`,
        'Give the literal as bytes: each character from U+0000 to U+00FF.',
      )
    }
    return foldCase(byte)
  })
}

function refuseTwins(literals: readonly string[], texts: readonly Uint8Array[]): void {
  const known = new Map<string, number>()
  for (const [id, text] of texts.entries()) {
    const folded = Buffer.from(text).toString('latin1')
    const twin = known.get(folded)
    if (twin !== undefined) {
      throw new UserError(
        `The search literals ${JSON.stringify(literals[twin])} and ${JSON.stringify(literals[id])} are the same`,
        'A search ignores case: give each literal once.',
      )
    }
    known.set(folded, id)
  }
}

/**
 * Bytes by their frequency in source text. Frequent bytes get the first classes, so that the entries of a row
 * that are used most lie in one cache line.
 */
const frequentBytes = 'etaoinsrlcdpumfhgby_v0kx1w2-.:/="3456789qzj'

/** `twins`: class of a capital that is told from its small letter → class of that. They are the last classes. */
function assignClasses(keys: readonly Uint8Array[], capitals: readonly Uint8Array[]) {
  const used = new Uint8Array(256)
  for (const key of keys) for (const byte of key) used[byte] = 1
  const classes = new Uint8Array(256)
  let classCount = 1
  const frequent = Array.from(frequentBytes, character => character.charCodeAt(0))
  for (const byte of [...frequent, ...used.keys()]) {
    if (used[byte] && classes[byte] === 0) classes[byte] = classCount++
  }
  for (let byte = 0x41; byte <= 0x5a; byte++) classes[byte] = classes[foldCase(byte)]!
  const twins = new Map<number, number>()
  for (const small of new Set(capitals.map(key => key[0]!))) {
    classes[upperCase(small)] = classCount
    twins.set(classCount++, classes[small]!)
  }
  return { classes, classCount, twins }
}

/** Renumbers the states, accepting ones last, and writes the tables. */
function layOut(
  trie: Trie,
  order: Int32Array,
  rest: Omit<Automaton, 'transitions' | 'firstAccepting' | 'outputs'>,
): Automaton {
  const { stride } = rest
  const accepts = (state: number) => {
    const number = state / stride
    return trie.literalOf[number]! >= 0 || trie.nextAccepting[number] !== 0
  }
  const accepting = order.filter(accepts)
  const states = [...order.filter(state => !accepts(state)), ...accepting]
  const renumbered = new Int32Array(trie.stateCount)
  for (const [number, state] of states.entries()) renumbered[state / stride] = number * stride

  const transitions = new Int32Array(trie.stateCount * stride)
  for (const [number, state] of states.entries()) {
    for (let entry = 0; entry < stride - 1; entry++) {
      transitions[number * stride + entry] = renumbered[trie.transitions[state + entry]! / stride]!
    }
  }
  const firstAccepting = (trie.stateCount - accepting.length) * stride
  const outputs: number[] = []
  for (const [index, state] of accepting.entries()) {
    transitions[firstAccepting + (index + 1) * stride - 1] = outputs.length
    const ids = literalsAt(trie, state / stride)
    outputs.push(ids.length, ...ids)
  }
  return { ...rest, transitions, firstAccepting, outputs: Int32Array.from(outputs) }
}

/** Literals whose keys start where the automaton is in this state. */
function literalsAt(trie: Trie, number: number): number[] {
  const ids: number[] = []
  for (let at = number; at !== 0; at = trie.nextAccepting[at]!) {
    for (let id = trie.literalOf[at]!; id >= 0; id = trie.nextOfKey[id]!) ids.push(id)
  }
  return ids.sort((a, b) => a - b)
}
