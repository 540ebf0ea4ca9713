import type { LineRange } from './line-range.ts'

/**
 * Which lines of the new text the hunks of a diff without context add, from `at` up to the next file. Lines are counted as
 * the hunks announce, so that no line of a file can be taken for a header.
 * @param text in Latin-1
 */
export function readHunks(text: string, at: number): { ranges: LineRange[]; end: number } {
  const ranges: LineRange[] = []
  let next = at
  while (next < text.length) {
    const end = lineEnd(text, next)
    if (next > at && text.startsWith('diff --git ', next)) break
    const hunk = text.startsWith('@@ ', next)
      ? /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(text.slice(next, end))
      : null
    next = end
    if (!hunk) continue
    const [removed, from, added] = [Number(hunk[1] ?? 1), Number(hunk[2]), Number(hunk[3] ?? 1)]
    if (added > 0) ranges.push({ from, to: from + added - 1 })
    for (let left = removed + added; left > 0 && next < text.length; next = lineEnd(text, next)) {
      // `\ No newline at end of file` is no line.
      if (text.charCodeAt(next) !== 92) left--
    }
  }
  return { ranges, end: next }
}

/** Past the newline. */
function lineEnd(text: string, from: number): number {
  const newline = text.indexOf('\n', from)
  return newline < 0 ? text.length : newline + 1
}
