import type { Severity } from '../model.ts'
import type { Server } from './neighbours.ts'

/** What a scanner's rule found in the value. */
export interface RuleHit {
  rule: string
  provider: string
  severity: Severity
  confidence: number
}

export interface ValueFacts {
  name: string
  /** As it stands between its quotes. */
  value: string
  /** The surest of the rules that found something in the value. */
  hit?: RuleHit | undefined
  /** Whether the file configures Firebase for browsers, whose key Google calls public. */
  isForFirebase?: boolean
  /** Where the server is that the value opens, if the keys beside it say so. */
  server?: Server | undefined
  /** What the keys beside it call the server, its users and what it keeps: `shop` of `DB_USER=shop`. */
  namesBeside?: readonly string[]
  /** Whether a key or an id beside it was given out together with it: `SHOP_KEY` of `SHOP_SECRET`. */
  isOfPair?: boolean
  /** Whether people put such a value in place of a secret: `changeme`, `<your-key>`. */
  isPlaceholder(value: string): boolean
  /** Whether a word names one who gives out secrets: `stripe`. */
  isIssuer(word: string): boolean
}
