/** Many texts kept as numbers: a layer may hold a million names, and a cache must tell nobody what they were. */

/** 52 bits, as much as a number holds with room to spare (FNV-1a, twice over). */
export function hashText(text: string): number {
  let low = 0x811c9dc5
  let high = 0x2b7e1516
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    low = Math.imul(low ^ code, 0x01000193)
    high = Math.imul(high ^ (code + i), 0x85ebca6b)
    high ^= high >>> 15
  }
  return (high >>> 12) * 2 ** 32 + (low >>> 0)
}

/** Many matches may be looked up among many names. */
export function holdsHash(sorted: Float64Array, hash: number): boolean {
  let [from, to] = [0, sorted.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if ((sorted[middle] ?? 0) < hash) from = middle + 1
    else to = middle
  }
  return sorted[from] === hash
}
