import { upperCase } from './fold-case.ts'
import type { HitFilter } from './hit-filter.ts'
import type { Automaton } from './types.ts'

/**
 * The automaton's outputs for assembly/hits.ts, with what tells most of them cheaply from hits: each number is followed by its check. A
 * check is 0, or a distance from the literal's start in its lower half, and in its upper one 1 + a set that the byte there is of: the first
 * one behind the literal's key, or behind all of it.
 */
export function encodeOutputs(automaton: Automaton, { literals, sets }: HitFilter) {
  const { outputs, lengths, keyLengths, texts } = automaton
  const added = new Map<number, number>()
  const checks = new Uint32Array(lengths.length)
  let start = 0
  for (const [id, length] of lengths.entries()) {
    const keyLength = keyLengths[id]!
    const set = keyLength < length ? setOf(texts[start + keyLength]!) : literals[id]?.next
    if (set !== undefined && set < MOST && keyLength <= MOST) checks[id] = ((set + 1) << 16) | keyLength
    start += length
  }
  const checked = new Uint32Array(outputs.length * 2)
  for (let at = 0; at < outputs.length; ) {
    const last = at + outputs[at]!
    checked[at * 2] = outputs[at]!
    for (at++; at <= last; at++) checked.set([outputs[at]!, checks[outputs[at]!]!], at * 2)
  }
  return { outputs: checked, sets: Buffer.concat([sets, ...Array.from(added.keys(), singleton)]) }

  /** A folded byte and its capital. */
  function setOf(byte: number): number {
    const known = added.get(byte) ?? sets.length / SET_BYTES + added.size
    added.set(byte, known)
    return known
  }
}

const SET_BYTES = 32
const MOST = 0xffff

function singleton(byte: number): Uint8Array {
  const set = new Uint8Array(SET_BYTES)
  for (const one of [byte, upperCase(byte)]) set[one >> 3]! |= 1 << (one & 7)
  return set
}
