import { detectEncoding } from '../../encoding/detect-encoding.ts'
import { transcode } from '../../encoding/transcode.ts'
import type { EncodedValue } from './find-values.ts'
import { runDecoders } from './index.ts'
import { inflate } from './inflate.ts'
import { isPacked } from './readable.ts'

/** What an encoded value holds, down to text. */
export interface UnpackedValue {
  bytes: Uint8Array
  /** Names of what was undone, outermost first. */
  decoders: string[]
  /** Pairs of an offset in `bytes` and one in the source; none where the bytes were packed or in another encoding. */
  marks: readonly number[]
}

/** A packed stream may hold so many times its own bytes. */
const MOST_RATIO = 200

/** @param most bytes that may come out of a packed stream; undefined when it holds more */
export function unpackValue(
  bytes: Uint8Array,
  { decoder, pieces }: EncodedValue,
  most: number,
): UnpackedValue | undefined {
  const { decode, width } = runDecoders[decoder]
  const encoded = joinPieces(bytes, pieces)
  const decoded = new Uint8Array(Math.ceil(encoded.length / width))
  const plain = decoded.subarray(0, decode(encoded, 0, encoded.length, decoded))
  if (isPacked(plain)) {
    const inner = inflate(plain, Math.min(most, plain.length * MOST_RATIO))
    if (inner === 'too-large') return undefined
    if (inner) return { bytes: inner, decoders: [decoder, 'gzip'], marks: [] }
  }
  const encoding = detectEncoding(plain)
  if (encoding && encoding !== 'utf-8-bom') {
    const text = transcode(plain, encoding)
    return { bytes: text.bytes, decoders: [decoder, encoding], marks: [] }
  }
  return { bytes: plain, decoders: [decoder], marks: markPieces(pieces, width) }
}

function joinPieces(bytes: Uint8Array, pieces: readonly number[]): Uint8Array {
  if (pieces.length === 2) return bytes.subarray(pieces[0], pieces[1])
  const joined = new Uint8Array(pieces[pieces.length - 1]! - pieces[0]!)
  let length = 0
  for (let i = 0; i < pieces.length; i += 2) {
    joined.set(bytes.subarray(pieces[i], pieces[i + 1]), length)
    length += pieces[i + 1]! - pieces[i]!
  }
  return joined.subarray(0, length)
}

function markPieces(pieces: readonly number[], width: number): number[] {
  const marks: number[] = []
  let passed = 0
  for (let i = 0; i < pieces.length; i += 2) {
    marks.push(Math.floor(passed / width), pieces[i]!)
    passed += pieces[i + 1]! - pieces[i]!
  }
  return marks
}
