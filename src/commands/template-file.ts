import { decodeBytes, parse } from '../dotenv/parse.ts'
import type { Token } from '../dotenv/token.ts'
import { type Line, readTemplate } from '../templates/read-template.ts'
import type { Template } from '../templates/template.ts'

/** A template with the tokens it was read from. */
export interface TemplateFile extends Template {
  tokens: readonly Token[]
}

/** @param isVault whether a name in a reference is one of a vault that is known */
export function parseTemplate(bytes: Uint8Array, isVault: (name: string) => boolean): TemplateFile {
  const tokens = parse(bytes)
  return { tokens, ...readTemplate(tokens.flatMap(toLine), isVault) }
}

function toLine(token: Token): Line[] {
  const { line } = token
  if (token.kind === 'other') return [{ line, value: '', quote: 'none', tail: '' }]
  if (token.kind !== 'entry') return []
  const { key, value, quote, tail } = token
  return [{ line, key: decodeBytes(key), value: decodeBytes(value), quote, tail }]
}
