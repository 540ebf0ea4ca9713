import type { Classification } from '../model.ts'
import { isRunHere } from './issuers.ts'
import { isTypedByHand } from './made-by-hand.ts'
import { isNameBeside, isUrlRule, readUrl } from './mere-words.ts'
import { isNamedLikeOwn, joinWords, namesNoIssuer } from './secret-names.ts'
import type { ValueFacts } from './value-facts.ts'
import { looksGenerated, undoBase64 } from './value-forms.ts'

/** A value of a provider's form was given out by the provider, unless people run that program themselves. */
export function makerOf(
  { name, value, hit, server, namesBeside = [], isOfPair = false, isIssuer }: ValueFacts,
  { provider }: Classification,
): Classification['maker'] {
  const isOfForm = !isUrlRule(hit?.rule ?? '') && !/-password$/.test(hit?.rule ?? '')
  const isNamedOwn = isNamedLikeOwn(name, isIssuer, isOfPair)
  const isOfNobody = namesNoIssuer(name, isIssuer)
  const isOwnForm = provider === 'private-key' || (server !== 'elsewhere' && isOwnToken(value))
  if (isOwnForm && isNamedOwn && isOfNobody) return 'project'
  if (provider !== undefined && provider !== 'generic' && isOfForm)
    return isRunHere(provider) && server !== 'elsewhere' ? 'project' : undefined
  const password = readUrl(value)?.password ?? value
  const text = undoBase64(password)
  // Nobody generates a short password for a server of their own machine.
  if (
    isTypedByHand(text) ||
    isNameBeside(text, namesBeside) ||
    (server === 'here' && !looksGenerated(password))
  )
    return 'hand'
  if (server === 'elsewhere') return undefined
  const isOwn = isNamedOwn || (isOfNobody && isRandomKey(name, value))
  return server === 'here' || isOwn ? 'project' : undefined
}

/** 32 bytes in padded base64, as `openssl rand` and Fernet write the keys that one makes; who gives out keys rarely does. */
function isRandomKey(name: string, value: string): boolean {
  return /^[\w+/-]{43}=$/.test(value) && /_key$/.test(joinWords(name))
}

/** A JSON Web Token that tells of nobody who gave it out. */
function isOwnToken(value: string): boolean {
  const payload = /^eyJ[\w-]+\.(eyJ[\w-]+)\.[\w-]+$/.exec(value)?.[1]
  return payload !== undefined && !Buffer.from(payload, 'base64url').toString('utf8').includes('"iss"')
}
