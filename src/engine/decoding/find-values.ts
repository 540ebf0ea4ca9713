import type { Runs } from '../../kernel/types.ts'
import { base64 } from './base64.ts'
import type { RunDecoder } from './decoder.ts'
import { hex } from './hex.ts'
import { type RunDecoderName, runDecoders } from './index.ts'
import { looksReadable } from './readable.ts'
import { sniffBase64 } from './sniff-base64.ts'

/** A value written in base64 or hexadecimal digits, in one piece or in several, a pair of start and end each. */
export interface EncodedValue {
  decoder: RunDecoderName
  pieces: readonly number[]
}

/** Decoded bytes that decide whether a run is worth decoding. */
const SAMPLE = 24
/** A long run may have a binary head: so many characters in, it is looked at again. */
const SECOND_LOOK = 2048
/** Lines of a wrapped value have so many characters: mostly 64 or 76. */
const SHORTEST_LINE = 32
const LONGEST_LINE = 256
/** From the end of one line to the beginning of the next: quotes, signs that join texts, comment signs, indentation. */
const LONGEST_BREAK = 120

/** Of the runs of a text those that hold something readable when decoded; what is written over several lines is one. */
export function findValues(bytes: Uint8Array, length: number, runs: Runs): EncodedValue[] {
  const values: EncodedValue[] = []
  let passed = 0
  let line = 0
  for (let i = 0; i < runs.count; i++) {
    const start = runs.starts[i]!
    const end = runs.ends[i]!
    if (start < passed) continue
    line = i > 0 && goesOn(bytes, runs, i) ? line + 1 : 0
    // Of a block of lines that holds nothing readable at its beginning a few more are looked at.
    if (line & (line - 1)) continue
    const found = findStart(bytes, start, end)
    if (!found) continue
    const pieces = collectPieces(bytes, length, found.start, runs, i, found.decoder)
    passed = pieces[pieces.length - 1]!
    values.push({ decoder: found.decoder, pieces })
  }
  return values
}

/** Whether a run is the next line of the one before: of the same width, or shorter as the last one. */
function goesOn(bytes: Uint8Array, { starts, ends }: Runs, i: number): boolean {
  const before = ends[i - 1]!
  const gap = starts[i]! - before
  const width = before - starts[i - 1]!
  return gap <= 2 && width >= SHORTEST_LINE && ends[i]! - starts[i]! <= width && bytes[starts[i]! - 1] === 10
}

/** A run often begins with something else: the path of a URL, a prefix. */
function findStart(
  bytes: Uint8Array,
  start: number,
  end: number,
): { decoder: RunDecoderName; start: number } | undefined {
  if (isHex(bytes, start, end))
    return isReadable(hex, bytes, start, end) ? { decoder: 'hex', start } : undefined
  if (isBase64(bytes, start, end)) return { decoder: 'base64', start }
  const inner = afterLastSeparator(bytes, start, end - base64.shortest)
  return inner > start && isBase64(bytes, inner, end) ? { decoder: 'base64', start: inner } : undefined
}

/** A long run may have a binary head, so it is looked at again further on. */
function isBase64(bytes: Uint8Array, start: number, end: number): boolean {
  const sniffed = sniffBase64(bytes, start, end)
  if (sniffed === true || (sniffed === 'maybe' && isReadable(base64, bytes, start, end))) return true
  const later = start + SECOND_LOOK
  return later < end && sniffBase64(bytes, later, end) === true
}

const sample = new Uint8Array(SAMPLE)

function isReadable(decoder: RunDecoder, bytes: Uint8Array, start: number, end: number): boolean {
  const most = Math.ceil(SAMPLE * decoder.width)
  return looksReadable(sample, decoder.decode(bytes, start, Math.min(end, start + most), sample))
}

function isHex(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < hex.shortest || (end - start) % 2) return false
  const { alphabet } = hex
  for (let at = start; at < end; at++) if (!alphabet[bytes[at]!]) return false
  return true
}

function afterLastSeparator(bytes: Uint8Array, start: number, last: number): number {
  for (let at = last; at > start; at--) {
    const byte = bytes[at - 1]!
    if (byte === 0x2f || byte === 0x2d || byte === 0x5f) return at
  }
  return start
}

/** The lines that a value goes on in. Only the last one may be shorter. */
function collectPieces(
  bytes: Uint8Array,
  length: number,
  start: number,
  runs: Runs,
  first: number,
  decoder: RunDecoderName,
): number[] {
  const end = runs.ends[first]!
  const pieces = [start, end]
  const width = end - start
  let run = first + 1
  for (let last = end; width >= SHORTEST_LINE && width <= LONGEST_LINE; ) {
    const next = skipBreak(bytes, last, length)
    if (next < 0) break
    while (run < runs.count && runs.starts[run]! < next) run++
    const to = endOfLine(bytes, length, next, runs, run, decoder)
    // Lines are cut between groups of characters, or else all in the same way.
    if (to === next || to - next > width || (width % 4 !== 0 && to - next < width)) break
    pieces.push(next, to)
    last = to
    if (to - next < width) break
  }
  return pieces
}

/** Most lines are runs, whose ends are known. */
function endOfLine(
  bytes: Uint8Array,
  length: number,
  start: number,
  { count, starts, ends }: Runs,
  run: number,
  decoder: RunDecoderName,
): number {
  if (decoder === 'base64' && run < count && starts[run] === start) return ends[run]!
  const { alphabet } = runDecoders[decoder]
  let end = start
  while (end < length && alphabet[bytes[end]!]) end++
  return end
}

/** Where the next line's text begins, -1 when what follows is no line break within a text. */
function skipBreak(bytes: Uint8Array, from: number, length: number): number {
  if (bytes[from] === 0x5c) return skipEscapedBreak(bytes, from)
  const limit = Math.min(length, from + LONGEST_BREAK)
  let broken = false
  let at = from
  for (; at < limit; at++) {
    const byte = bytes[at]!
    if (byte === 10 || byte === 13) broken = true
    else if (!isBreakSign(byte)) break
  }
  return broken && at < limit ? at : -1
}

/** `\n` or `\r\n` as a string literal writes it. */
function skipEscapedBreak(bytes: Uint8Array, from: number): number {
  const at = bytes[from + 1] === 0x72 && bytes[from + 2] === 0x5c ? from + 2 : from
  return bytes[at + 1] === 0x6e ? at + 2 : -1
}

const breakSigns = new Set(Buffer.from(' \t\'"`,.+\\#>*;'))

function isBreakSign(byte: number): boolean {
  return breakSigns.has(byte)
}
