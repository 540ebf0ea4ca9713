import type { CompiledRule } from '../program.ts'
import { latin1 } from './bytes.ts'
import type { Candidate } from './candidate.ts'
import { isJudged } from './is-judged.ts'
import { createSpanSet } from './span-set.ts'

/**
 * Issuers all of whose secrets have a form that our rules know. What stands under such a name and has none of the forms
 * is no secret of theirs: cut short, mistyped, or made up for a test.
 */
export interface ExhaustiveIssuers {
  /** Drops values without a form of their own under the name of such an issuer, unless one of `found` shows its form. */
  dropFormless(judged: Candidate[], found: readonly Candidate[], bytes: Uint8Array): Candidate[]
}

/** @param names as they are written in keys, in lower case, without anything between their words */
export function createExhaustiveIssuers(
  names: readonly string[],
  rules: readonly CompiledRule[],
): ExhaustiveIssuers {
  const ending = '(?:ai|api|app|bot|data|io)?(?:access|auth|key|secret|token)?'
  const pattern = new RegExp(`(?:^|_)(?:${names.join('|')})${ending}(?:_|$)`)
  /** Few names are given to most values. */
  const known = new Map<string, boolean>()
  return { dropFormless }

  function dropFormless(judged: Candidate[], found: readonly Candidate[], bytes: Uint8Array): Candidate[] {
    if (names.length === 0 || !judged.some(isGeneric)) return judged
    const suspects = new Set(judged.filter(candidate => isGeneric(candidate) && isNamed(candidate, bytes)))
    if (suspects.size === 0) return judged
    const formed = createSpanSet()
    for (const candidate of found)
      if (!isJudged(rules[candidate.rule])) formed.add(candidate.secretStart, candidate.secretEnd)
    return judged.filter(
      candidate => !suspects.has(candidate) || formed.touches(candidate.secretStart, candidate.secretEnd),
    )
  }

  function isGeneric(candidate: Candidate): boolean {
    return rules[candidate.rule]?.provider === 'generic' && isJudged(rules[candidate.rule])
  }

  /** `TELEGRAM_API_TOKEN`, `telegramToken`, `brave-search-key` */
  function isNamed({ nameStart, nameEnd }: Candidate, bytes: Uint8Array): boolean {
    if (nameStart === undefined || nameEnd === undefined) return false
    const name = latin1(bytes, nameStart, nameEnd)
    const before = known.get(name)
    if (before !== undefined) return before
    if (known.size >= MOST_NAMES) known.clear()
    const words = toWords(name)
    const isOfIssuer = pattern.test(words) || pattern.test(words.replaceAll('_', ''))
    known.set(name, isOfIssuer)
    return isOfIssuer
  }
}

const MOST_NAMES = 4096

/** `telegramBot-Token` → `telegram_bot_token` */
function toWords(key: string): string {
  return key
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
}
