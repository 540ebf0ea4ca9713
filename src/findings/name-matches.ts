import { entropyOf } from '../entropy.ts'
import type { CompiledRule, Program } from '../program.ts'
import type { PlacedMatch } from './collect-findings.ts'
import { fingerprintOf, isStrongSecret } from './fingerprint.ts'

/** A match with the name of the finding that it belongs to. */
export interface NamedMatch extends PlacedMatch {
  fingerprint: string
}

/** Names every match. A value that is strong at one place is so at all, so that it becomes one finding. */
export function nameMatches(matches: readonly PlacedMatch[], { rules }: Program): NamedMatch[] {
  const strong = new Set<string>()
  for (const { secret, rule, fingerprint } of matches) {
    if (fingerprint !== undefined) continue
    const value = secret.reveal()
    if (isStrongSecret(value, entropyOf(value), isIssued(rules[rule]))) strong.add(value)
  }
  return matches.map(match => {
    if (match.fingerprint !== undefined) return { ...match, fingerprint: match.fingerprint }
    const secret = match.secret.reveal()
    const { path, key = '' } = match
    const rule = rules[match.rule]?.id ?? ''
    return { ...match, fingerprint: fingerprintOf({ secret, rule, path, key, isStrong: strong.has(secret) }) }
  })
}

/** A pattern of a provider's own, not the name of a key beside whatever value. */
function isIssued(rule: CompiledRule | undefined): boolean {
  return rule?.matcher?.kind === 'regex' && rule.provider !== 'generic'
}
