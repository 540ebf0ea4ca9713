import type { EntryToken, Position, QuoteKind, Token } from './token.ts'

const BOM = '\u00ef\u00bb\u00bf'
const quotes: Record<string, QuoteKind> = { "'": 'single', '"': 'double', '`': 'backtick' }

/**
 * Reads .env text without losing a byte: `print(parse(bytes))` gives the same bytes, whatever they are.
 * It says where things stand, not what they mean; the dialects say that.
 */
export function parse(bytes: Uint8Array): Token[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  const tokens: Token[] = []
  let at = 0
  if (text.startsWith(BOM)) {
    tokens.push({ kind: 'bom', line: 1, column: 1, text: BOM, eol: '' })
    at = BOM.length
  }
  const positions = positionReader(text, at)
  while (at < text.length) {
    const token = readEntry(text, at, positions) ?? readPlain(text, at, positions)
    tokens.push(token)
    at = token.kind === 'entry' ? positions.end : at + token.text.length + token.eol.length
  }
  return tokens
}

/** A byte string as text; bytes that are no UTF-8 become U+FFFD. */
export function decodeBytes(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

function readPlain(text: string, at: number, positions: Positions): Token {
  const end = endOfLine(text, at)
  const line = text.slice(at, end)
  const first = line.trimStart()
  const kind = /^[ \t\v\f]*$/.test(line) ? 'blank' : first.startsWith('#') ? 'comment' : 'other'
  return { kind, ...positions.of(at), text: line, eol: readEol(text, end) }
}

function readEntry(text: string, at: number, positions: Positions): EntryToken | undefined {
  const head = /([ \t]*)((?:export[ \t]+)?)([^\s=:#'"`;]+)([ \t]*=[ \t]*|:[ \t]+)/y
  head.lastIndex = at
  const found = head.exec(text)
  if (!found) return undefined
  const [whole, indent = '', exported = '', key = '', operator = ''] = found
  const start = at + whole.length
  const rest = readQuoted(text, start) ?? readBare(text, start)
  const end = start + rest.open.length + rest.value.length + rest.close.length
  const after = splitTail(text.slice(end, endOfLine(text, end)))
  const eol = readEol(text, end + after.tail.length + after.comment.length)
  positions.end = end + after.tail.length + after.comment.length + eol.length
  const place = positions.of(at + indent.length)
  return {
    kind: 'entry',
    ...place,
    indent,
    exported,
    key,
    operator,
    ...rest,
    ...after,
    eol,
    valueAt: positions.of(start),
  }
}

type ValuePart = Pick<EntryToken, 'quote' | 'open' | 'value' | 'close'>

/** A value in quotes, over several lines if need be; one that is never closed is no quoted value. */
function readQuoted(text: string, start: number): ValuePart | undefined {
  const open = text[start] ?? ''
  const quote = quotes[open]
  if (!quote) return undefined
  const close = closingQuote(text, start + 1, open)
  return close < 0 ? undefined : { quote, open, value: text.slice(start + 1, close), close: open }
}

/** A backslash hides a double quote or a backtick; in single quotes it hides nothing. */
function closingQuote(text: string, from: number, quote: string): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === quote) return at
    if (text[at] === '\\' && quote !== "'") at++
  }
  return -1
}

/** Up to the end of the line, or to a `#` after a blank; blanks at the end belong to the tail. */
function readBare(text: string, start: number): ValuePart {
  const line = text.slice(start, endOfLine(text, start))
  const comment = line.startsWith('#') ? 0 : line.search(/[ \t]#/)
  const value = (comment < 0 ? line : line.slice(0, comment)).replace(/[ \t]+$/, '')
  return { quote: 'none', open: '', value, close: '' }
}

function splitTail(rest: string): { tail: string; comment: string } {
  const hash = rest.indexOf('#')
  return hash < 0 ? { tail: rest, comment: '' } : { tail: rest.slice(0, hash), comment: rest.slice(hash) }
}

function endOfLine(text: string, from: number): number {
  const ends = /\r\n|\n|\r/g
  ends.lastIndex = from
  return ends.exec(text)?.index ?? text.length
}

function readEol(text: string, at: number): string {
  if (text.startsWith('\r\n', at)) return '\r\n'
  return text[at] === '\n' || text[at] === '\r' ? (text[at] ?? '') : ''
}

interface Positions {
  /** Byte after the entry read last. */
  end: number
  of(offset: number): Position
}

/** Turns offsets into lines and columns; each question must lie at or after the one before. */
function positionReader(text: string, first: number): Positions {
  let line = 1
  let lineStart = first
  return {
    end: first,
    of(offset) {
      for (let end = endOfLine(text, lineStart); end < offset; end = endOfLine(text, lineStart)) {
        const next = end + readEol(text, end).length
        if (next > offset) break
        lineStart = next
        line++
      }
      return { line, column: decodeBytes(text.slice(lineStart, offset)).length + 1 }
    },
  }
}
