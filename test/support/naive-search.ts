/** Every occurrence of every literal as `[start, literal]`, in order of both; the slow and obvious way. */
export function naiveSearch(bytes: Uint8Array, literals: readonly string[]): [number, number][] {
  const text = foldCase(Buffer.from(bytes).toString('latin1'))
  const folded = literals.map(foldCase)
  const hits: [number, number][] = []
  for (let start = 0; start < text.length; start++) {
    for (const [literal, pattern] of folded.entries()) {
      if (text.startsWith(pattern, start)) hits.push([start, literal])
    }
  }
  return hits
}

function foldCase(text: string): string {
  return text.replace(/[A-Z]/g, letter => letter.toLowerCase())
}
