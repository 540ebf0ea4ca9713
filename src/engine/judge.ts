/** Decides whether a candidate is a secret: the rule's own conditions first, then what every token must satisfy. */

import { entropyOf } from '../entropy.ts'
import type { Evidence } from '../model.ts'
import type { Allowlist, CompiledRule } from '../program.ts'
import { compileTest } from '../regex/linear-regex.ts'
import { isNewline, latin1 } from './bytes.ts'
import { type Candidate, nameOf } from './candidate.ts'
import { isInManual } from './generic/context-features.ts'
import type { GenericCandidate } from './generic/features.ts'
import { isLockFile } from './generic/lock-file.ts'
import { isJudged } from './is-judged.ts'
import { isKnownAsNone } from './known-as-none.ts'
import { isMadeUp, isWordy } from './placeholders.ts'
import { bytesOfList } from './read-byte-list.ts'
import { repeatsUser } from './repeats-user.ts'

/** Settles a token offline by the structure that its issuer gave it. */
export type Checksum = (secret: string, match: string) => 'valid' | 'invalid' | 'unknown'

/** How likely a value without a known form is a secret, from 0 to 1. */
export type JudgeGeneric = (candidate: GenericCandidate) => number

/** What spoke for and against, strongest first. */
export type ExplainGeneric = (candidate: GenericCandidate) => readonly Evidence[]

export interface JudgedText {
  bytes: Uint8Array
  path: string
}

export interface Judge {
  /** The confidence from 0 to 1; 0 means that it is no secret. */
  judge(candidate: Candidate, text: JudgedText): number
}

const MAX_LINE = 2000

/** What people think up has no form that tells it from an example. */
const checksOfPasswords = new Set<string | undefined>(['password', 'url-password', 'basic-credentials'])

export function createJudge(
  rules: readonly CompiledRule[],
  checksums: Readonly<Record<string, Checksum>>,
  judgeGeneric: JudgeGeneric,
  explainGeneric?: ExplainGeneric,
): Judge {
  return { judge }

  function judge(candidate: Candidate, text: JudgedText): number {
    const rule = rules[candidate.rule]
    if (candidate.isOpening) return 1
    if (!rule || (rule.path !== undefined && !compileTest(rule.path, rule.isPathLinear).test(text.path)))
      return 0
    const isFormless = isJudged(rule)
    if ((isFormless || mayHoldDigits(rule)) && isLockFile(text.path)) return 0
    if (checksOfPasswords.has(rule.checksum) && isInManual(text.path)) return 0
    const secret = latin1(text.bytes, candidate.secretStart, candidate.secretEnd)
    if (rule.entropy !== undefined && entropyOf(secret) <= rule.entropy) return 0
    if (rule.allowlists.length > 0 && isAllowedBySome(rule, candidate, secret, text)) return 0
    const isPassword = isFormless || rule.checksum === 'password' || rule.checksum === 'url-password'
    if (isPassword && rule.provider !== 'generic' && repeatsUser(candidate, text.bytes)) return 0
    if (isFormless) return judgeFormless(candidate, nameOf(candidate, text.bytes), secret, text.path)
    if (!rule.isExact && isKnownAsNone(rule, candidate, secret, text)) return 0
    if (mayHoldDigits(rule) && isWordy(secret)) return 0
    if (!rule.isExact && isShortened(text.bytes, candidate.secretEnd)) return 0
    return settle(rule, candidate, secret, matchOf(candidate, text))
  }

  function isAllowedBySome(
    { allowlists }: CompiledRule,
    candidate: Candidate,
    secret: string,
    text: JudgedText,
  ): boolean {
    const match = matchOf(candidate, text)
    return allowlists.some(list => isAllowed(list, candidate, secret, match, text))
  }

  function judgeFormless(candidate: Candidate, name: string, value: string, path: string): number {
    const { operator = '', secretStart: start } = candidate
    const key = bytesOfList(value)
    const text = key ? Buffer.from(key).toString('hex') : value
    const described = { name, value: text, start, operator, path }
    if (explainGeneric) candidate.evidence = explainGeneric(described)
    return judgeGeneric(described)
  }

  /** What the issuer's own structure proves outweighs the look of the characters. */
  function settle(rule: CompiledRule, { confidence }: Candidate, secret: string, match: string): number {
    const checksum = rule.checksum === undefined ? undefined : checksums[rule.checksum]
    const verdict = checksum?.(secret, match) ?? 'unknown'
    if (verdict === 'valid') return Math.max(rule.confidence, 0.98)
    return verdict === 'invalid' || (!rule.isExact && isMadeUp(withoutHost(secret))) ? 0 : confidence
  }

  function isAllowed(
    list: Allowlist,
    candidate: Candidate,
    secret: string,
    match: string,
    text: JudgedText,
  ): boolean {
    const checks: boolean[] = []
    if (list.paths.length)
      checks.push(list.paths.some(path => compileTest(path, list.isLinear).test(text.path)))
    if (list.regexes.length) {
      const target =
        list.target === 'line' ? lineOf(text.bytes, candidate) : list.target === 'match' ? match : secret
      checks.push(list.regexes.some(source => compileTest(source, list.isLinear).test(target)))
    }
    if (list.stopwords.length) checks.push(list.stopwords.some(word => secret.toLowerCase().includes(word)))
    if (list.commits.length && list.all) checks.push(false)
    return checks.length > 0 && (list.all ? checks.every(Boolean) : checks.some(Boolean))
  }
}

function matchOf({ start, end }: Candidate, { bytes }: JudgedText): string {
  return latin1(bytes, start, end)
}

const DOT = 46
const ellipsis = Buffer.from('…')

/** `ya29.c.ElodBm…`: documentation leaves out the rest of a token. */
function isShortened(bytes: Uint8Array, secretEnd: number): boolean {
  if (bytes[secretEnd] === DOT) return bytes[secretEnd + 1] === DOT && bytes[secretEnd + 2] === DOT
  return ellipsis.every((byte, at) => bytes[secretEnd + at] === byte)
}

/** What the issuer made of a URL that is a secret: hosts of people's own may be called `chat.example.com`. */
function withoutHost(secret: string): string {
  return secret.replace(host, '')
}

const host = /^https?:\/\/[^/?#@]+(?=[/?#])/

/** Whether an assignment rule's values, which have no other form, are of letters and digits. */
function mayHoldDigits({ matcher }: CompiledRule): boolean {
  // The flags of the bytes 0x30 to 0x3f.
  return matcher?.kind === 'assignment' && matcher.prefix === '' && matcher.alphabet.slice(12, 16) !== '0000'
}

function lineOf(bytes: Uint8Array, { start, end }: Candidate): string {
  let from = start
  while (from > 0 && start - from < MAX_LINE && !isNewline(bytes[from - 1])) from--
  let to = end
  while (to < bytes.length && to - end < MAX_LINE && !isNewline(bytes[to])) to++
  return latin1(bytes, from, to)
}
