/** No piece is long enough to look like a secret. */
const PIECE = 12

/** An example's text in pieces, so that no rule file holds a literal secret. */
export function splitExample(text: string): string[] {
  const pieces: string[] = []
  for (let at = 0; at < text.length; ) {
    // A pair of surrogates stays together.
    const end = at + PIECE + (/[\ud800-\udbff]/.test(text[at + PIECE - 1] ?? '') ? 1 : 0)
    pieces.push(text.slice(at, end))
    at = end
  }
  return pieces.length ? pieces : ['']
}
