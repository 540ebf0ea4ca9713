import type { Encoding } from '../model.ts'
import { markLength } from './detect-encoding.ts'

/** A text in UTF-8, with the way back to the bytes it was made of. */
export interface Transcoded {
  bytes: Uint8Array
  /** Offset in `bytes` → offset in the source. Cheapest when asked in ascending order. */
  toSource(offset: number): number
  /** Offset in the source → offset in `bytes`. */
  fromSource(offset: number): number
}

/**
 * The text without its byte order mark, in UTF-8. What is no character becomes U+FFFD, which keeps the count of
 * characters, so lines and columns are the same as in the source. An incomplete character at the end is left out.
 */
export function transcode(source: Uint8Array, encoding: Encoding): Transcoded {
  const mark = markLength(source, encoding)
  const body = Buffer.from(source.buffer, source.byteOffset + mark, source.length - mark)
  if (encoding === 'utf-8-bom')
    return {
      bytes: body,
      toSource: offset => offset + mark,
      fromSource: offset => Math.max(0, offset - mark),
    }
  const width = encoding.startsWith('utf-16') ? 2 : 4
  const text = readText(body.subarray(0, body.length - (body.length % width)), encoding)
  const bytes = Buffer.from(text, 'utf8')
  const measure = width === 2 ? utf16Length : codePoints
  let known = { offset: 0, source: mark }

  return { bytes, toSource, fromSource }

  function toSource(offset: number): number {
    if (offset < known.offset) known = { offset: 0, source: mark }
    const passed = measure(bytes.toString('utf8', known.offset, offset))
    known = { offset, source: known.source + passed * width }
    return known.source
  }

  function fromSource(offset: number): number {
    const length = Math.max(0, offset - mark)
    return Buffer.byteLength(readText(body.subarray(0, length - (length % width)), encoding))
  }
}

function readText(bytes: Buffer, encoding: Encoding): string {
  switch (encoding) {
    case 'utf-16le':
      return bytes.toString('utf16le')
    case 'utf-16be':
      return Buffer.from(bytes).swap16().toString('utf16le')
    case 'utf-32le':
      return readUtf32(bytes, at => bytes.readUInt32LE(at))
    case 'utf-32be':
      return readUtf32(bytes, at => bytes.readUInt32BE(at))
    case 'utf-8-bom':
      return bytes.toString('utf8')
  }
}

function readUtf32(bytes: Buffer, read: (at: number) => number): string {
  const parts: string[] = []
  for (let from = 0; from < bytes.length; from += 4096) {
    const points: number[] = []
    for (let at = from; at < Math.min(bytes.length, from + 4096); at += 4) {
      const point = read(at)
      points.push(point > 0x10ffff || (point >= 0xd800 && point < 0xe000) ? 0xfffd : point)
    }
    parts.push(String.fromCodePoint(...points))
  }
  return parts.join('')
}

function utf16Length(text: string): number {
  return text.length
}

function codePoints(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}
