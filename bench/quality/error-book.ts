/** Errors by cause. Values are only shown by their shape: the corpus' secrets are somebody's. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Row } from './corpus.ts'
import type { Matched } from './match-rows.ts'

/** What the model said of the values of a file. */
export type Judged = ReadonlyMap<string, readonly { value: string; name: string; probability: number }[]>

const truths = { T: '', F: 'marked false', X: 'placeholder or unsure', none: 'not marked' }

/** @param examples of each cause to list */
export function writeErrorBook(
  root: string,
  { missed, false: wrong }: Matched,
  judged: Judged,
  examples: number,
): string {
  const lineOf = createLineReader(root)
  const book = new Map<string, string[]>()
  for (const row of missed) {
    const value = markedText(row, lineOf)
    const seen = judged
      .get(row.path)
      ?.find(
        candidate => value !== '' && (value.includes(candidate.value) || candidate.value.includes(value)),
      )
    const cause = seen ? 'judged too low' : 'not looked at'
    note(
      `missed, ${cause}: ${row.category}`,
      `${row.path}:${row.firstLine} ${seen ? `${seen.name} ${seen.probability.toFixed(2)} ` : ''}${shapeOf(value)}`,
    )
  }
  for (const { finding, row } of wrong) {
    const text = lineOf(finding.path, finding.line).slice(
      finding.start,
      finding.lastLine === finding.line ? finding.end : undefined,
    )
    note(
      `false, ${truths[row?.truth ?? 'none']}: ${finding.rule}`,
      `${finding.path}:${finding.line} ${finding.confidence?.toFixed(2) ?? ''} ${shapeOf(text)}`,
    )
  }
  const causes = [...book].sort(([, a], [, b]) => b.length - a.length)
  return causes
    .map(([cause, errors]) =>
      [
        `${String(errors.length).padStart(6)}  ${cause}`,
        ...errors.slice(0, examples).map(error => `          ${error}`),
      ].join('\n'),
    )
    .join('\n')

  function note(cause: string, error: string): void {
    const errors = book.get(cause)
    if (errors) errors.push(error)
    else book.set(cause, [error])
  }
}

function createLineReader(root: string): (path: string, line: number) => string {
  const files = new Map<string, string[]>()
  return (path, line) => {
    const lines = files.get(path) ?? readFileSync(join(root, path), 'utf8').split('\n')
    files.set(path, lines)
    return lines[line - 1] ?? ''
  }
}

function markedText(
  { path, firstLine, start, end }: Row,
  lineOf: (path: string, line: number) => string,
): string {
  return start < 0
    ? ''
    : Array.from(lineOf(path, firstLine))
        .slice(start, end < 0 ? undefined : end)
        .join('')
}

/** `aA99-a`: kinds of characters, at most thirty of them. */
function shapeOf(value: string): string {
  return value
    .slice(0, 30)
    .replace(/[a-z]/g, 'a')
    .replace(/[A-Z]/g, 'A')
    .replace(/\d/g, '9')
    .replace(/[^\x20-\x7e]/g, '?')
}
