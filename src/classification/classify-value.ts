import type { Classification } from '../model.ts'
import { makerOf } from './maker.ts'
import { isBlankPem, isHomemade, readUrl } from './mere-words.ts'
import { describePublicKey } from './public-keys.ts'
import { describeReference } from './references.ts'
import {
  isNamedForTests,
  isNamedLikeIdentifier,
  isNamedLikeOwn,
  isNamedLikeRevision,
  isNamedLikeSecret,
  isNamedMadeUp,
  joinWords,
  speaksAboutSecret,
} from './secret-names.ts'
import type { RuleHit, ValueFacts } from './value-facts.ts'
import { holdsPassword, isWeak, looksGenerated, looksLikeConfig, undoBase64 } from './value-forms.ts'

/** What a key of a .env file holds: forms first, then the rules, then its name; never the name alone. */
export function classifyValue(facts: ValueFacts): Classification {
  const found = classifyForm(facts)
  if (found.class !== 'secret') return found
  const maker = makerOf(facts, found)
  const { server } = facts
  return {
    ...found,
    ...(maker === 'hand' ? judgeTyped(found, facts) : {}),
    ...(maker ? { maker } : {}),
    ...(server ? { server } : {}),
  }
}

function classifyForm(facts: ValueFacts): Classification {
  const { name, hit, isPlaceholder } = facts
  const value = facts.value.trim()
  if (value === '') return plain('empty', 'no value')
  const reference = describeReference(value)
  if (reference !== undefined) return classifyDefault(facts, value) ?? plain('reference', reference)
  const publicKey = describePublicKey(name, value, hit?.rule, facts.isForFirebase)
  if (publicKey !== undefined) return plain('config', publicKey)
  if (isNamedMadeUp(name)) return plain('config', 'by its name made up')
  if (isIdentifier(value, name, hit)) return plain('config', 'an identifier')
  if (hit) return classifyHit(hit, name, value)
  if (looksLikeConfig(value)) return plain('config', 'a number, switch, path or address')
  if (isPlaceholder(value) || isBlankPem(value)) return plain('config', 'a placeholder')
  if (holdsPassword(value)) return classifyUrl(value, isPlaceholder)
  return classifyByName(name, value)
}

/**
 * `HUBSPOT_CLIENT_ID`, unless it has a form that a provider gives out and not just a UUID's; wherever they stand, Twilio's id of
 * an account, the id or fingerprint of an OpenPGP key, an address on a chain and a decentralized identifier; a revision's id, where the name says so.
 */
function isIdentifier(value: string, name: string, hit?: RuleHit): boolean {
  if (/^AC[0-9a-f]{32}$|^0x(?:[0-9a-f]{8}|[0-9a-f]{16}|[0-9a-f]{40})$/i.test(value)) return true
  if (/^did:[a-z0-9]+:[\w.:%-]+$/.test(value)) return true
  if (isNamedLikeRevision(name) && /^(?:sha\d+:)?(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(value)) return true
  const isOfForm = hit !== undefined && hit.provider !== 'generic' && !/-id$/.test(hit.rule)
  return isNamedLikeIdentifier(name) && (!isOfForm || /^[0-9a-f-]{1,40}$/i.test(value))
}

/** `${NAME:-default}`: the default stands there in clear. */
function classifyDefault(facts: ValueFacts, value: string): Classification | undefined {
  const fallback = /^\$\{\w+:?-([^${}]+)\}$/.exec(value)?.[1]
  const found = fallback === undefined ? undefined : classifyForm({ ...facts, value: fallback })
  return found?.class === 'secret' ? found : undefined
}

function classifyHit(
  { rule, provider, severity, confidence }: RuleHit,
  name: string,
  value: string,
): Classification {
  const mode = readMode(rule, value) ?? (provider === 'generic' && isNamedForTests(name) ? 'test' : undefined)
  if (isHomemade(provider, rule, name, value))
    return {
      class: 'secret',
      reason: `rule ${rule}; the value is a mere word`,
      confidence: 0.3,
      rule,
      provider,
      severity,
    }
  const found = { class: 'secret', reason: `rule ${rule}`, confidence: Math.max(confidence, 0.5) } as const
  return { ...found, rule, provider, severity, ...(mode ? { mode } : {}) }
}

/**
 * What a person typed is a secret where it opens something out there; else it may be made up for a machine of one's own. A
 * value that others give out nobody types, but in place of it.
 */
function judgeTyped(
  { reason, confidence }: Classification,
  { name, value, server, isOfPair = false, isIssuer }: ValueFacts,
): Partial<Classification> {
  if (server === 'elsewhere' || confidence < 0.5) return {}
  const isGivenOut =
    !/pass|pwd/i.test(name) && !isNamedLikeOwn(name, isIssuer, isOfPair) && readUrl(value) === undefined
  return { confidence: isGivenOut ? MADE_UP : TYPED, reason: `${reason}; typed by hand` }
}

/** As of a mere word. */
const MADE_UP = 0.3

/** Below what counts as a secret by its value, above mere words. */
const TYPED = 0.4

/** What nothing but its look speaks for is one where people are asked, and no rule tells of it. */
const UNNAMED = 0.35

/** `sk_live_…`, `rule column-test-key`. */
function readMode(rule: string, value: string): 'live' | 'test' | undefined {
  const head = value.slice(0, 24)
  if (/(?:^|[_-])(?:live|prod)[_-]/.test(head)) return 'live'
  if (/(?:^|[_-])(?:test|sandbox)[_-]/.test(head) || /-(?:test|sandbox)-/.test(rule)) return 'test'
  return undefined
}

function classifyUrl(url: string, isPlaceholder: (value: string) => boolean): Classification {
  const password = readUrl(url)?.password ?? ''
  if (describeReference(password) !== undefined)
    return plain('reference', 'a URL whose password is a reference')
  if (isPlaceholder(password)) return plain('config', 'a URL with a placeholder for its password')
  return secret('a URL with a password', isWeak(password) ? 0.3 : 0.6)
}

function classifyByName(name: string, value: string): Classification {
  if (speaksAboutSecret(name)) return plain('config', 'by its name a setting about a secret, not one itself')
  if (isNamedLikeSecret(name)) {
    if (isWeak(undoBase64(value), joinWords(name).split('_')))
      return secret('named like a secret; the value is a mere word', 0.3)
    return secret('named like a secret', looksGenerated(value) ? 0.8 : 0.6)
  }
  if (looksGenerated(value) && !/id|hash|sha|version|release|commit|digest|public|url|uri/i.test(name))
    return secret('looks generated, though its name does not say so', UNNAMED)
  return plain('config', 'neither a name nor a form of a secret')
}

function plain(kind: 'config' | 'empty' | 'reference', reason: string): Classification {
  return { class: kind, reason, confidence: 0 }
}

function secret(reason: string, confidence: number): Classification {
  return { class: 'secret', reason, confidence }
}
