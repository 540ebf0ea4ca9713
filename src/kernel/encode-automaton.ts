import { UserError } from '../errors.ts'
import type { Automaton } from './types.ts'

/*
 * An automaton as bytes; numbers are 32-bit, little-endian:
 *   0    'STA' and the version of the format, one byte
 *   4    stride, firstAccepting, and the numbers of transitions, outputs and literals
 *   24   classes, 256 bytes
 *   280  transitions, outputs, lengths, keyLengths, and then the texts, bytes
 * The tables are not packed, so that to decode them is to lay views over the bytes.
 */
const signature = [0x53, 0x54, 0x41, 2] as const
const headerBytes = 24
const tablesStart = headerBytes + 256

export function encodeAutomaton(automaton: Automaton): Uint8Array {
  refuseOtherByteOrder()
  const { classes, stride, firstAccepting, transitions, outputs, lengths, keyLengths, texts } = automaton
  const tables = [transitions, outputs, lengths, keyLengths]
  const entries = tables.reduce((sum, table) => sum + table.length, 0)
  const bytes = new Uint8Array(tablesStart + 4 * entries + texts.length)
  bytes.set(signature)
  new Int32Array(bytes.buffer, 4, 5).set([
    stride,
    firstAccepting,
    transitions.length,
    outputs.length,
    lengths.length,
  ])
  bytes.set(classes, headerBytes)
  let at = tablesStart
  for (const table of tables) {
    new Int32Array(bytes.buffer, at, table.length).set(table)
    at += table.byteLength
  }
  bytes.set(texts, at)
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
  const [transitions = 0, outputs = 0, literals = 0] = counts
  const textsStart = tablesStart + 4 * (transitions + outputs + 2 * literals)
  if (counts.some(count => count < 0) || textsStart > bytes.length) throw damaged('their length is wrong')
  const start = byteOffset + tablesStart
  const lengths = new Int32Array(buffer, start + 4 * (transitions + outputs), literals)
  const textsLength = lengths.reduce((sum, length) => sum + length, 0)
  if (textsStart + textsLength !== bytes.length) throw damaged('their length is wrong')
  if (stride < 2 || stride > 257 || transitions % stride !== 0 || firstAccepting % stride !== 0) {
    throw damaged('their numbers contradict each other')
  }
  return {
    classes: new Uint8Array(buffer, byteOffset + headerBytes, 256),
    stride,
    firstAccepting,
    transitions: new Int32Array(buffer, start, transitions),
    outputs: new Int32Array(buffer, start + 4 * transitions, outputs),
    lengths,
    keyLengths: new Int32Array(buffer, start + 4 * (transitions + outputs + literals), literals),
    texts: new Uint8Array(buffer, byteOffset + textsStart, textsLength),
  }
}

function damaged(reason: string): UserError {
  return new UserError(`The search tables cannot be read: ${reason}`, 'Install stanch again.')
}

function refuseOtherByteOrder(): void {
  if (new Uint8Array(new Uint32Array([1]).buffer)[0] === 1) return
  throw new UserError('The search tables need a little-endian processor', 'Run stanch on another machine.')
}
