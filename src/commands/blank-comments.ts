import { parse } from '../dotenv/parse.ts'
import type { PlainToken, Token } from '../dotenv/token.ts'
import type { KeyClassifier } from './classify-keys.ts'

/**
 * The same tokens without the secrets in their comments: assignments that were commented out, and words with the form of a
 * secret. A template is made to be committed, and comments are kept in it.
 */
export function blankComments(
  tokens: readonly Token[],
  classify: KeyClassifier,
): { tokens: Token[]; lines: number[] } {
  const blanked = tokens.map(token => (token.kind === 'comment' ? blankAssignment(token, classify) : token))
  const secret = findSecretWords(blanked.flatMap(remarkOf), classify)
  const result = blanked.map(token => {
    const text = remarkOf(token)[0]
    if (text === undefined || secret.size === 0) return token
    const without = text.replace(word, found => (secret.has(found) ? MARK : found))
    if (without === text) return token
    return token.kind === 'entry' ? { ...token, comment: without } : { ...token, text: without }
  })
  return { tokens: result, lines: result.flatMap((token, i) => (token === tokens[i] ? [] : [token.line])) }
}

const MARK = '***'
/** Shorter ones have no form that tells. */
const word = /[^\s'"`#(),;<>[\]]{16,}/g

function remarkOf(token: Token): string[] {
  if (token.kind === 'entry') return token.comment === '' ? [] : [token.comment]
  return token.kind === 'comment' || token.kind === 'other' ? [token.text] : []
}

function blankAssignment(token: PlainToken, classify: KeyClassifier): Token {
  const [, mark = '', inner = ''] = /^(\s*#+\s?)(.*)$/s.exec(token.text) ?? []
  const [found] = classify(parse(Buffer.from(inner, 'latin1')))
  if (found?.classification.class !== 'secret') return token
  const { exported, key, operator } = found.entry
  return { ...token, text: mark + exported + key + operator }
}

function findSecretWords(remarks: readonly string[], classify: KeyClassifier): ReadonlySet<string> {
  const words = [...new Set(remarks.flatMap(text => text.match(word) ?? []))]
  if (words.length === 0) return new Set()
  // A name that says nothing: only the form counts.
  const text = words.map((found, i) => `WORD${i}=${found}\n`).join('')
  const entries = classify(parse(Buffer.from(text, 'latin1')))
  return new Set(
    entries.flatMap(({ key, classification }) =>
      classification.class === 'secret' ? (words[Number(key.slice('WORD'.length))] ?? []) : [],
    ),
  )
}
