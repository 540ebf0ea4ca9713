import { type Dialect, lineCounter, type Variable } from '../dialect.ts'

/**
 * npm's dotenv 18. It looks for assignments at line starts, so blanks around `=` may span lines; a quoted value must be
 * the last thing before a comment or the line's end, else quotes are plain text; `#` ends an unquoted value anywhere.
 */
export const dotenv: Dialect = {
  title: 'dotenv (npm)',
  evaluate: text => ({ variables: readAssignments(text), notices: [] }),
}

export interface Assignment extends Variable {
  value: string
  /** The quote that the value began with, or nothing. */
  quote: string
}

export function readAssignments(text: string): Assignment[] {
  const source = text.replace(/\r\n?/g, '\n')
  const lineAt = lineCounter(source)
  const variables: Assignment[] = []
  for (let at = 0; at <= source.length; ) {
    const found = matchAt(source, at)
    if (found) variables.push({ ...found.variable, line: lineAt(found.keyAt) })
    at = nextLineStart(source, found ? Math.max(found.end, at + 1) : skipBlanks(source, at) + 1)
  }
  return variables
}

interface Match {
  variable: { key: string; value: string; quote: string }
  keyAt: number
  end: number
}

function matchAt(source: string, lineStart: number): Match | undefined {
  const at = skipBlanks(source, lineStart)
  const afterExport = source.startsWith('export', at) ? skipBlanks(source, at + 6) : at
  return (afterExport > at + 6 ? matchKey(source, afterExport) : undefined) ?? matchKey(source, at)
}

function matchKey(source: string, keyAt: number): Match | undefined {
  let end = keyAt
  while (/[\w.-]/.test(source[end] ?? '')) end++
  if (end === keyAt) return undefined
  const equals = skipBlanks(source, end)
  const isColon = source[equals] !== '='
  if (isColon && !(source[end] === ':' && isBlank(source[end + 1]))) return undefined
  const valueAt = isColon ? end + 2 : equals + 1
  const value = readQuoted(source, valueAt) ?? readBare(source, valueAt)
  return { variable: { key: source.slice(keyAt, end), ...decode(value.raw) }, keyAt, end: value.end }
}

interface RawValue {
  raw: string
  end: number
}

/** The longest quoted text with nothing but a comment behind it; an escaped quote may have to serve as the last one. */
function readQuoted(source: string, valueAt: number): RawValue | undefined {
  const open = skipBlanks(source, valueAt)
  const quote = source[open] ?? ''
  if (!/^["'`]$/.test(quote)) return undefined
  const closers: number[] = []
  for (let at = open + 1; at < source.length; at++) {
    if (source[at] === '\\' && source[at + 1] === quote) closers.push(++at)
    else if (source[at] === quote) {
      closers.push(at)
      break
    }
  }
  for (const close of closers.reverse()) {
    const end = endOfAssignment(source, close + 1)
    if (end !== undefined) return { raw: source.slice(open, close + 1), end }
  }
  return undefined
}

function readBare(source: string, valueAt: number): RawValue {
  let end = valueAt
  while (end < source.length && source[end] !== '#' && source[end] !== '\n') end++
  return { raw: source.slice(valueAt, end), end: endOfAssignment(source, end) ?? end }
}

/** Behind the value only blanks (also whole lines of them) and one comment may stand. */
function endOfAssignment(source: string, from: number): number | undefined {
  const at = skipBlanks(source, from)
  if (at === source.length) return at
  if (source[at] === '#') {
    let end = at
    while (end < source.length && !isLineEnd(source[end])) end++
    return end
  }
  for (let end = at - 1; end >= from; end--) if (isLineEnd(source[end])) return end
  return undefined
}

function decode(raw: string): { value: string; quote: string } {
  const value = raw.trim()
  const first = value[0] ?? ''
  const quote = /["'`]/.test(first) ? first : ''
  const isWrapped = quote !== '' && value.length > 1 && value.endsWith(quote)
  const inner = isWrapped ? value.slice(1, -1) : value
  return { value: quote === '"' ? inner.replaceAll('\\n', '\n').replaceAll('\\r', '\r') : inner, quote }
}

function nextLineStart(source: string, from: number): number {
  let at = from
  while (at <= source.length && !isLineEnd(source[at - 1])) at++
  return at
}

function skipBlanks(source: string, from: number): number {
  let at = from
  while (isBlank(source[at])) at++
  return at
}

function isBlank(char: string | undefined): boolean {
  return char !== undefined && /\s/.test(char)
}

function isLineEnd(char: string | undefined): boolean {
  return char === '\n' || char === '\u2028' || char === '\u2029'
}
