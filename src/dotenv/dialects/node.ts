import { type Dialect, lineCounter, type Variable } from '../dialect.ts'

/**
 * Node 20's `--env-file` and `util.parseEnv`. The name is all up to the next `=`, over line ends too; quotes end at the
 * next quote of their kind, escaped or not; `#` ends an unquoted value anywhere; a byte order mark stays in the name.
 */
export const node: Dialect = {
  title: 'node --env-file',
  evaluate: text => ({ variables: readAll(text), notices: [] }),
}

function readAll(text: string): Variable[] {
  const source = trim(text.replaceAll('\r', ''))
  const offset = Math.max(0, text.replaceAll('\r', '').indexOf(source))
  const whole = text.replaceAll('\r', '')
  const lineAt = lineCounter(whole)
  const variables: Variable[] = []
  let at = 0
  while (at < source.length) {
    if (source[at] === '\n' || source[at] === '#') {
      const newline = source.indexOf('\n', at)
      // A comment that ends the file without a line end is read as an assignment.
      if (newline >= 0) {
        at = newline + 1
        continue
      }
    }
    const equals = source.indexOf('=', at)
    if (equals < 0) break
    const name = source.slice(at, equals)
    // A name of blanks only: Node steps one byte back, to the line end before it.
    const trimmed = trim(name) || (name && trim(source[at - 1] ?? ''))
    if (trimmed === '') break
    const key = trimmed.replace(/^export /, '')
    const keyAt = at + name.length - name.trimStart().length
    const { value, end } = readValue(source, equals + 1)
    if (value !== undefined) variables.push({ key, value, line: lineAt(offset + keyAt) })
    at = end
  }
  return variables
}

function readValue(source: string, from: number): { value: string | undefined; end: number } {
  let at = from
  while (source[at] === ' ') at++
  const quote = source[at] ?? ''
  const newline = source.indexOf('\n', at)
  const lineEnd = newline < 0 ? source.length : newline
  if (!/^["'`]$/.test(quote))
    return { value: trim(source.slice(at, lineEnd).split('#')[0] ?? ''), end: lineEnd }
  const close = source.indexOf(quote, at + 1)
  // Never closed, on the last line: Node drops it and reads on at the quote.
  if (close < 0 && newline < 0) return { value: undefined, end: at }
  if (close < 0) return { value: source.slice(at, lineEnd), end: lineEnd }
  const inner = source.slice(at + 1, close)
  const after = source.indexOf('\n', close + 1)
  return {
    value: quote === '"' ? inner.replaceAll('\\n', '\n') : inner,
    end: after < 0 ? source.length : after,
  }
}

function trim(text: string): string {
  return text.replace(/^ +| +$/g, '')
}
