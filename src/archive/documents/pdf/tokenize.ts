/** A piece of a content stream (ISO 32000-2, section 7.8.2). */
export type Token =
  | { kind: 'number'; value: number }
  | { kind: 'name' | 'operator' | 'bracket'; text: string }
  | { kind: 'string'; bytes: Buffer }

const blank = /[\0\t\n\f\r ]/
const delimiter = /[\0\t\n\f\r ()<>[\]{}/%]/

export function* tokenize(stream: string): Generator<Token> {
  for (let at = 0; at < stream.length; ) {
    const sign = stream[at] ?? ''
    if (blank.test(sign)) at++
    else if (sign === '%') at = endOfLine(stream, at)
    else if (sign === '(') {
      const { bytes, end } = readLiteral(stream, at)
      yield { kind: 'string', bytes }
      at = end
    } else if (sign === '<' && stream[at + 1] !== '<') {
      const end = stream.indexOf('>', at)
      const hex = stream.slice(at + 1, end < 0 ? undefined : end).replace(/[^\dA-Fa-f]/g, '')
      yield { kind: 'string', bytes: Buffer.from(hex.length % 2 ? `${hex}0` : hex, 'hex') }
      at = end < 0 ? stream.length : end + 1
    } else if (sign === '[' || sign === ']') {
      yield { kind: 'bracket', text: sign }
      at++
    } else if (sign !== '/' && delimiter.test(sign)) at++
    else {
      const end = endOfWord(stream, at + 1)
      yield toToken(stream.slice(at, end))
      at = end
    }
  }
}

function toToken(word: string): Token {
  if (word.startsWith('/')) return { kind: 'name', text: word.slice(1) }
  const value = Number(word)
  return Number.isNaN(value) ? { kind: 'operator', text: word } : { kind: 'number', value }
}

function endOfWord(stream: string, from: number): number {
  let at = from
  while (at < stream.length && !delimiter.test(stream[at] ?? '')) at++
  return at
}

function endOfLine(stream: string, from: number): number {
  const end = stream.indexOf('\n', from)
  return end < 0 ? stream.length : end
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }

/** A string in round brackets, which may hold others (section 7.3.4.2). */
function readLiteral(stream: string, start: number): { bytes: Buffer; end: number } {
  let text = ''
  let depth = 0
  let at = start
  for (; at < stream.length; at++) {
    const sign = stream[at] ?? ''
    if (sign === '\\') {
      const octal = /^[0-7]{1,3}/.exec(stream.slice(at + 1, at + 4))?.[0]
      const next = stream[at + 1] ?? ''
      text += octal
        ? String.fromCharCode(Number.parseInt(octal, 8) & 255)
        : next === '\n'
          ? ''
          : (escapes[next] ?? next)
      at += octal?.length ?? 1
      continue
    }
    if (sign === ')' && --depth === 0) break
    if (sign !== '(' || depth++ > 0) text += sign
  }
  return { bytes: Buffer.from(text, 'latin1'), end: at + 1 }
}
