import type { Automaton } from './types.ts'

/**
 * What follows the keys of literals, for assembly/hits.ts. As 32-bit numbers: for each literal the distance in bytes to its
 * entry, 0 where the key is all of it. An entry is the length of the key and the number of bytes behind it, then those.
 */
export function encodeRests({ lengths, keyLengths, texts }: Automaton): Uint8Array {
  let size = 4 * Math.max(1, lengths.length)
  const entries: { at: number; from: number; rest: Uint8Array }[] = []
  const index = new Uint32Array(size / 4)
  let textEnd = 0
  for (const [id, length] of lengths.entries()) {
    textEnd += length
    const from = keyLengths[id]!
    if (from === length) continue
    index[id] = size
    entries.push({ at: size, from, rest: texts.subarray(textEnd - length + from, textEnd) })
    size += 8 + Math.ceil((length - from) / 4) * 4
  }
  const bytes = new Uint8Array(size)
  bytes.set(new Uint8Array(index.buffer))
  for (const { at, from, rest } of entries) {
    new Uint32Array(bytes.buffer, at, 2).set([from, rest.length])
    bytes.set(rest, at + 8)
  }
  return bytes
}

/** The most literals that can begin at one place: those that are beginnings of one another. */
export function mostHitsAtOnce({ lengths, texts }: Automaton): number {
  const all = Buffer.from(texts.buffer, texts.byteOffset, texts.length).toString('latin1')
  let end = 0
  const literals = Array.from(lengths, length => {
    end += length
    return all.slice(end - length, end)
  })
  const known = new Set(literals)
  let most = 1
  for (const literal of literals) {
    let count = 1
    for (let length = 1; length < literal.length; length++) if (known.has(literal.slice(0, length))) count++
    most = Math.max(most, count)
  }
  return most
}
