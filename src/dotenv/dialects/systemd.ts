import { type Dialect, lineCounter, type Variable } from '../dialect.ts'

/**
 * systemd's EnvironmentFile=: quotes may open and close several times, a backslash at the end joins lines, dollars are
 * plain text, `;` and `#` begin remarks at a line's start only. Names that are no identifiers are ignored.
 */
export const systemd: Dialect = {
  title: 'systemd EnvironmentFile',
  evaluate: text => ({ variables: readAll(text), notices: [] }),
}

function readAll(text: string): Variable[] {
  const lineAt = lineCounter(text)
  const variables: Variable[] = []
  for (let at = 0; at < text.length; ) {
    const char = text[at] ?? ''
    if (/[ \t\r\n]/.test(char)) at++
    else if (char === '#' || char === ';') at = skipRemark(text, at)
    else {
      // A sign of equality at the start belongs to the name.
      const name = /[^\r\n][^=\r\n]*/y
      name.lastIndex = at
      const key = name.exec(text)?.[0] ?? ''
      const line = lineAt(at)
      at += key.length
      if (text[at] !== '=') continue
      const { value, end } = readValue(text, at + 1)
      at = end
      if (/^[A-Za-z_]\w*$/.test(key.trimEnd())) variables.push({ key: key.trimEnd(), value, line })
    }
  }
  return variables
}

/** A backslash hides the next character, so a remark may go on in the next line. */
function skipRemark(text: string, from: number): number {
  let at = from
  while (at < text.length && !isEol(text[at])) at += text[at] === '\\' ? 2 : 1
  return at
}

function readValue(text: string, from: number): { value: string; end: number } {
  let value = ''
  let at = from
  for (;;) {
    while (text[at] === ' ' || text[at] === '\t') at++
    const quote = text[at]
    if (quote !== "'" && quote !== '"') break
    const quoted = quote === "'" ? readSingle(text, at + 1) : readDouble(text, at + 1)
    value += quoted.value
    at = quoted.end
  }
  const bare = readBare(text, at)
  return { value: value + bare.value, end: bare.end }
}

function readSingle(text: string, from: number): { value: string; end: number } {
  const close = text.indexOf("'", from)
  const end = close < 0 ? text.length : close
  return { value: text.slice(from, end), end: end + 1 }
}

/** A backslash that nothing follows is dropped like one that hides the line's end. */
function readDouble(text: string, from: number): { value: string; end: number } {
  let value = ''
  let at = from
  for (; at < text.length && text[at] !== '"'; at++) {
    if (text[at] !== '\\') value += text[at]
    else {
      const next = text[++at] ?? '\n'
      if (next !== '\n') value += /["\\`$]/.test(next) ? next : `\\${next}`
    }
  }
  return { value, end: at + 1 }
}

/** Blanks at the end are dropped, unless a backslash keeps them. */
function readBare(text: string, from: number): { value: string; end: number } {
  let value = ''
  let kept = 0
  let at = from
  for (; at < text.length && !isEol(text[at]); at++) {
    const escaped = text[at] === '\\'
    const char = escaped ? (text[++at] ?? '') : (text[at] ?? '')
    if (!(escaped && isEol(char))) value += char
    if (escaped || !/[ \t]/.test(char)) kept = value.length
  }
  return { value: value.slice(0, kept), end: at }
}

function isEol(char: string | undefined): boolean {
  return char === '\n' || char === '\r'
}
