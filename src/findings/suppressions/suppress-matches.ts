import type { SourceKind } from '../../model.ts'
import type { Program } from '../../program.ts'
import type { NamedMatch } from '../name-matches.ts'
import type { Suppression } from './suppression.ts'

export interface SuppressedMatches {
  matches: NamedMatch[]
  /** Labels of what covered nothing. */
  unused: string[]
  /** Labels of what covers nothing any more, because its day has passed. */
  expired: string[]
}

/** What a scan looked at, as far as it tells whether a suppression is still needed. */
export interface SuppressionScope {
  source: SourceKind
  /** `2026-11-26`, UTC. */
  today: string
}

/**
 * Sets the state of every match. The first suppression that covers it decides; an allow comment came before all of them.
 * Every suppression that covers something counts as used, also where another one decided.
 */
export function suppressMatches(
  matches: readonly NamedMatch[],
  suppressions: readonly Suppression[],
  { rules }: Program,
  { source, today }: SuppressionScope,
): SuppressedMatches {
  const expired = suppressions.filter(({ until }) => until !== undefined && until < today)
  const valid = suppressions.filter(suppression => !expired.includes(suppression))
  const lookUp = indexByFingerprint(valid)
  const used = new Set<Suppression>()
  const judged = matches.map(match => {
    const covering = lookUp(match.fingerprint).filter(({ covers }) =>
      covers(match, rules[match.rule]?.id ?? ''),
    )
    for (const suppression of covering) used.add(suppression)
    return match.state === 'new' && covering[0] ? { ...match, state: covering[0].state } : match
  })
  const unused = valid.filter(
    suppression => !used.has(suppression) && (suppression.sources ?? [source]).includes(source),
  )
  return { matches: judged, unused: unused.map(labelOf), expired: expired.map(labelOf) }
}

/** Baselines hold thousands of names; all that go by other things are few. The order of the list is kept. */
function indexByFingerprint(suppressions: readonly Suppression[]): (fingerprint: string) => Suppression[] {
  const named = new Map<string, Suppression[]>()
  const others: Suppression[] = []
  const order = new Map(suppressions.map((suppression, number) => [suppression, number]))
  for (const suppression of suppressions) {
    const { fingerprint } = suppression
    if (fingerprint === undefined) others.push(suppression)
    else named.set(fingerprint, [...(named.get(fingerprint) ?? []), suppression])
  }
  return fingerprint =>
    [...(named.get(fingerprint) ?? []), ...others].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0))
}

function labelOf({ label }: Suppression): string {
  return label
}
