import type { Token } from './token.ts'

/** The bytes of a .env file from its tokens: the ones that were read, or changed ones. */
export function print(tokens: readonly Token[]): Buffer {
  return Buffer.from(tokens.map(printToken).join(''), 'latin1')
}

function printToken(token: Token): string {
  if (token.kind !== 'entry') return token.text + token.eol
  const { indent, exported, key, operator, open, value, close, tail, comment, eol } = token
  return indent + exported + key + operator + open + value + close + tail + comment + eol
}
