/** The most bytes of a needle: so much of a text on both sides of a change is looked at, too. */
export const NEEDLE = 64

/**
 * Pieces of the forms, one of which stands wherever a form does, and within `NEEDLE` bytes of each byte of it: a long form
 * is cut into equal ones.
 */
export function needlesOf(forms: Iterable<{ bytes: Buffer }>): Buffer[] {
  const needles = new Map<string, Buffer>()
  for (const { bytes } of forms) {
    const count = Math.ceil(bytes.length / NEEDLE)
    for (let i = 0; i < count; i++) {
      const from = Math.floor((i * bytes.length) / count)
      const piece = bytes.subarray(from, Math.floor(((i + 1) * bytes.length) / count))
      needles.set(piece.toString('latin1'), piece)
    }
  }
  return [...needles.values()]
}
