import type { LineRange } from './line-range.ts'

/** A text as a commit will have it, and what the commit brings of it. */
export interface StagedText {
  bytes: Buffer
  /** Lines that are added or changed. */
  added: LineRange[]
  /** Where those stand: bytes from the text's start, in ascending order. */
  addedBytes: { from: number; to: number }[]
}

const NEWLINE = 10
const SPACE = 32
const PLUS = 43
const MINUS = 45
const BACKSLASH = 92

/**
 * Takes the new text out of a diff that shows all of it as context, from `at`, where a file's header begins. Lines are
 * counted as the hunk announces, so that no line of a file can be taken for a header. The text takes the place of the diff,
 * as each of its lines is shorter there by a byte.
 * @param text the diff in Latin-1
 * @returns no `staged` for a diff that shows less than everything, or nothing; `end` is where the next file begins
 */
export function readPatch(diff: Buffer, text: string, at: number): { staged?: StagedText; end: number } {
  let next = at
  let staged: StagedText | undefined
  let isWhole = true
  while (next < text.length) {
    if (next > at && text.startsWith('diff --git ', next)) break
    const end = lineEnd(text, next)
    const hunk = text.startsWith('@@ ', next)
      ? /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(text.slice(next, end))
      : null
    next = end
    if (!hunk) continue
    const read = readHunk(diff, text, next, Number(hunk[1] ?? 1), Number(hunk[3] ?? 1))
    isWhole &&= read.isSound && staged === undefined && Number(hunk[2]) <= 1
    staged = read.staged
    next = read.end
  }
  return staged && isWhole ? { staged, end: next } : { end: next }
}

function readHunk(diff: Buffer, text: string, start: number, before: number, after: number) {
  const added: LineRange[] = []
  const addedBytes: StagedText['addedBytes'] = []
  let size = 0
  let [old, fresh] = [before, after]
  let at = start
  let line = 0
  let last = 0
  while (at < text.length) {
    const kind = text.charCodeAt(at)
    const isOfBoth = kind === SPACE || kind === NEWLINE
    if (kind === BACKSLASH) {
      // `\ No newline at end of file` tells of the line before it.
      if (last !== MINUS) cutNewline()
    } else if (old + fresh === 0) break
    else if (isOfBoth || kind === PLUS || kind === MINUS) {
      if (kind !== PLUS) old--
      if (kind !== MINUS) fresh--
    } else return { isSound: false, end: at }
    const end = lineEnd(text, at)
    // With `diff.suppressBlankEmpty` a blank line of both stands there without its space.
    if (isOfBoth || kind === PLUS) keep(kind === NEWLINE ? at : at + 1, end, kind === PLUS)
    last = kind
    at = end
  }
  const staged = { bytes: diff.subarray(start, start + size), added, addedBytes }
  return { isSound: old === 0 && fresh === 0, staged, end: at }

  function keep(from: number, end: number, isAdded: boolean): void {
    const to = size + end - from
    diff.copyWithin(start + size, from, end)
    line++
    if (isAdded) addLine(to)
    size = to
  }

  function addLine(to: number): void {
    const [lines, bytes] = [added.at(-1), addedBytes.at(-1)]
    if (lines && bytes && lines.to === line - 1) {
      lines.to = line
      bytes.to = to
    } else {
      added.push({ from: line, to: line })
      addedBytes.push({ from: size, to })
    }
  }

  function cutNewline(): void {
    if (size > 0) size--
    const bytes = addedBytes.at(-1)
    if (bytes && last === PLUS) bytes.to = size
  }
}

/** Past the newline. */
function lineEnd(text: string, from: number): number {
  const newline = text.indexOf('\n', from)
  return newline < 0 ? text.length : newline + 1
}
