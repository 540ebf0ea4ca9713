import { UserError } from '../errors.ts'
import type { Automaton } from './types.ts'

/*
 * An automaton as bytes; numbers are 32-bit, little-endian:
 *   0    'STA' and the version of the format, one byte
 *   4    stride, firstAccepting, and the numbers of transitions, outputs and lengths
 *   24   classes, 256 bytes
 *   280  transitions, outputs, lengths
 * The tables are not packed, so that to decode them is to lay views over the bytes.
 */
const signature = [0x53, 0x54, 0x41, 1] as const
const headerBytes = 24
const tablesStart = headerBytes + 256

export function encodeAutomaton(automaton: Automaton): Uint8Array {
  refuseOtherByteOrder()
  const { classes, stride, firstAccepting, transitions, outputs, lengths } = automaton
  const entries = transitions.length + outputs.length + lengths.length
  const bytes = new Uint8Array(tablesStart + 4 * entries)
  bytes.set(signature)
  new Int32Array(bytes.buffer, 4, 5).set([
    stride,
    firstAccepting,
    transitions.length,
    outputs.length,
    lengths.length,
  ])
  bytes.set(classes, headerBytes)
  const tables = new Int32Array(bytes.buffer, tablesStart)
  tables.set(transitions)
  tables.set(outputs, transitions.length)
  tables.set(lengths, transitions.length + outputs.length)
  return bytes
}

/**
 * The tables are views of `bytes`, unless these do not start at a multiple of 4.
 * @throws UserError when the bytes are not those of an automaton of this version.
 */
export function decodeAutomaton(bytes: Uint8Array): Automaton {
  refuseOtherByteOrder()
  if (bytes.length < tablesStart || signature.some((byte, index) => bytes[index] !== byte)) {
    throw damaged('they are not in the format of this version')
  }
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice()
  const { buffer, byteOffset } = aligned
  const [stride = 0, firstAccepting = 0, ...counts] = new Int32Array(buffer, byteOffset + 4, 5)
  const [transitions = 0, outputs = 0, lengths = 0] = counts
  const isWhole =
    counts.every(count => count >= 0) && tablesStart + 4 * (transitions + outputs + lengths) === bytes.length
  if (!isWhole) throw damaged('their length is wrong')
  if (stride < 2 || stride > 257 || transitions % stride !== 0 || firstAccepting % stride !== 0) {
    throw damaged('their numbers contradict each other')
  }
  const start = byteOffset + tablesStart
  return {
    classes: new Uint8Array(buffer, byteOffset + headerBytes, 256),
    stride,
    firstAccepting,
    transitions: new Int32Array(buffer, start, transitions),
    outputs: new Int32Array(buffer, start + 4 * transitions, outputs),
    lengths: new Int32Array(buffer, start + 4 * (transitions + outputs), lengths),
  }
}

function damaged(reason: string): UserError {
  return new UserError(`The search tables cannot be read: ${reason}`, 'Install stanch again.')
}

function refuseOtherByteOrder(): void {
  if (new Uint8Array(new Uint32Array([1]).buffer)[0] === 1) return
  throw new UserError('The search tables need a little-endian processor', 'Run stanch on another machine.')
}
