import { constants, inflateSync } from 'node:zlib'
import type { PdfStream } from './find-streams.ts'

/** A stream may hold so many times its own bytes, and in any case so many. */
const MOST_RATIO = 200
const MOST_OF_SMALL = 1024 * 1024

/** What a stream holds; undefined where a filter is none of text: images, sound, and LZW, which nobody writes. */
export function unpackStream({ dictionary, bytes }: PdfStream): Buffer | undefined {
  const most = Math.max(MOST_OF_SMALL, bytes.length * MOST_RATIO)
  let content = bytes
  for (const filter of filtersOf(dictionary)) {
    const unpacked = filters[filter]?.(content, most)
    if (!unpacked) return undefined
    content = unpacked
  }
  return content
}

const filters: Readonly<Record<string, (bytes: Buffer, most: number) => Buffer | undefined>> = {
  FlateDecode: inflate,
  Fl: inflate,
  ASCIIHexDecode: readHex,
  AHx: readHex,
  ASCII85Decode: readAscii85,
  A85: readAscii85,
}

function filtersOf(dictionary: string): string[] {
  const written = /\/Filter\s*(?:\[([^\]]*)\]|(\/\w+))/.exec(dictionary)
  return [...(written?.[1] ?? written?.[2] ?? '').matchAll(/\/(\w+)/g)].map(([, name = '']) => name)
}

/** A cut stream as far as it goes. */
function inflate(bytes: Buffer, most: number): Buffer | undefined {
  try {
    return inflateSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: most })
  } catch {
    // Damaged, or a bomb: there is nothing to read.
    return undefined
  }
}

function readHex(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('latin1').replace(/[^\dA-Fa-f]/g, ''), 'hex')
}

/** Five characters for four bytes, `z` for four zeros, `~>` at the end. */
function readAscii85(bytes: Buffer): Buffer {
  const out: number[] = []
  let value = 0
  let count = 0
  for (const byte of bytes) {
    if (byte === 0x7e) break
    if (byte === 0x7a && count === 0) out.push(0, 0, 0, 0)
    if (byte < 0x21 || byte > 0x75) continue
    value = value * 85 + byte - 0x21
    if (++count < 5) continue
    out.push((value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255)
    value = 0
    count = 0
  }
  if (count > 1) {
    for (let i = count; i < 5; i++) value = value * 85 + 84
    out.push(...[(value / 0x1000000) & 255, (value >>> 16) & 255, (value >>> 8) & 255].slice(0, count - 1))
  }
  return Buffer.from(out)
}
