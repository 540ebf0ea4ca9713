/** Takes a stream of bytes in pieces and gives it back with the needles hidden, also those that a border cuts. */
export interface Masker {
  push(chunk: Uint8Array): Buffer
  /** What was held back because a needle might have begun there. */
  end(): Buffer
}

const MASK = Buffer.from('***')
/** Every needle has as many bytes, so that four of them can be looked up at once. */
const KEY = 4

/**
 * Hides every byte that is part of an occurrence of a needle; occurrences that overlap are one. The result does not
 * depend on where the borders between the pieces are.
 */
export function createMasker(texts: readonly string[]): Masker {
  const needles = texts.map(text => Buffer.from(text)).filter(({ length }) => length >= KEY)
  const index = indexNeedles(needles)
  let held: Buffer = Buffer.alloc(0)
  /** So many bytes of `held` are hidden already. */
  let hidden = 0
  return {
    push: chunk => advance(Buffer.concat([held, chunk]), false),
    end: () => advance(held, true),
  }

  function advance(data: Buffer, isLast: boolean): Buffer {
    const out: Uint8Array[] = []
    let maskEnd = hidden
    let at = index.next(data, 0)
    for (; at < data.length; at = index.next(data, at + 1)) {
      const { length, isCut } = index.longestAt(data, at)
      if (isCut && !isLast) break
      if (length === 0) continue
      if (at >= maskEnd) out.push(data.subarray(maskEnd, at), MASK)
      maskEnd = Math.max(maskEnd, at + length)
    }
    const stop = Math.min(at, data.length)
    if (maskEnd < stop) out.push(data.subarray(maskEnd, stop))
    hidden = Math.max(0, maskEnd - stop)
    held = Buffer.from(data.subarray(stop))
    return Buffer.concat(out)
  }
}

interface NeedleIndex {
  /** The first place from `from` at which a needle may begin. */
  next(data: Buffer, from: number): number
  /** Length of the longest needle there, and whether the end of the data cuts a longer one. */
  longestAt(data: Buffer, at: number): { length: number; isCut: boolean }
}

function indexNeedles(needles: readonly Buffer[]): NeedleIndex {
  const firstTwo = new Uint8Array(1 << 16)
  const firstOne = new Uint8Array(1 << 8)
  const byKey = new Map<number, Buffer[]>()
  for (const needle of [...needles].sort((a, b) => b.length - a.length)) {
    firstTwo[needle.readUInt16LE(0)] = 1
    firstOne[needle[0] ?? 0] = 1
    const key = needle.readUInt32LE(0)
    byKey.set(key, [...(byKey.get(key) ?? []), needle])
  }
  return { next, longestAt }

  function next(data: Buffer, from: number): number {
    const end = data.length - 1
    let at = from
    while (at < end && firstTwo[(data[at] ?? 0) | ((data[at + 1] ?? 0) << 8)] === 0) at++
    return at === end && firstOne[data[at] ?? 0] === 0 ? data.length : at
  }

  function longestAt(data: Buffer, at: number): { length: number; isCut: boolean } {
    const left = data.length - at
    const candidates = left < KEY ? needles : (byKey.get(data.readUInt32LE(at)) ?? [])
    let isCut = false
    for (const needle of candidates) {
      const compared = Math.min(needle.length, left)
      if (data.compare(needle, 0, compared, at, at + compared) !== 0) continue
      if (needle.length <= left) return { length: needle.length, isCut }
      isCut = true
    }
    return { length: 0, isCut }
  }
}
