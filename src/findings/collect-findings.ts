import type { Finding, FindingState, Match, Place } from '../model.ts'
import type { Program } from '../program.ts'
import type { NamedMatch } from './name-matches.ts'

/** A match with the place where it was seen. */
export interface PlacedMatch extends Match {
  place: Place
  /** Path from the project's root, whatever directory the scan was started in. */
  path: string
  state: FindingState
  /** Where an earlier scan has named it already, and did not keep the value. */
  fingerprint?: string
}

/**
 * One finding for one secret, with all its places. The most specific rule that saw it names it.
 * The order is by severity, confidence, then first place, whatever the order of the matches.
 */
export function collectFindings(matches: readonly NamedMatch[], program: Program): Finding[] {
  const byFingerprint = new Map<string, NamedMatch[]>()
  for (const match of matches) {
    const known = byFingerprint.get(match.fingerprint)
    if (known) known.push(match)
    else byFingerprint.set(match.fingerprint, [match])
  }
  const findings = [...byFingerprint].map(([fingerprint, group]) => toFinding(fingerprint, group, program))
  return findings.sort(compareFindings)
}

function toFinding(fingerprint: string, group: readonly NamedMatch[], { rules }: Program): Finding {
  const places = group
    .map(match => match.place)
    .sort(comparePlaces)
    .filter((place, i, all) => i === 0 || comparePlaces(place, all[i - 1] ?? place) !== 0)
  const best = [...group].sort(
    (a, b) =>
      (rules[b.rule]?.specificity ?? 0) - (rules[a.rule]?.specificity ?? 0) ||
      b.confidence - a.confidence ||
      a.decoded.length - b.decoded.length ||
      a.rule - b.rule,
  )[0]
  const rule = best && rules[best.rule]
  if (!best || !rule) throw new Error('a finding without a match or a rule')
  const states = new Set(group.map(({ state }) => state))
  return {
    fingerprint,
    rule: rule.id,
    provider: rule.provider,
    description: rule.description,
    severity: rule.severity,
    confidence: Math.max(...group.map(({ confidence }) => confidence)),
    secret: best.secret,
    // One place that nobody allowed makes it news.
    state: states.has('new') ? 'new' : states.has('baseline') ? 'baseline' : 'allowed',
    decoded: best.decoded,
    ...(best.evidence ? { evidence: best.evidence } : {}),
    places,
  }
}

const rank = { critical: 3, high: 2, medium: 1, low: 0 }

function compareFindings(a: Finding, b: Finding): number {
  const [placeA, placeB] = [a.places[0], b.places[0]]
  return (
    rank[b.severity] - rank[a.severity] ||
    b.confidence - a.confidence ||
    (placeA && placeB ? comparePlaces(placeA, placeB) : 0) ||
    compareText(a.fingerprint, b.fingerprint)
  )
}

function comparePlaces(a: Place, b: Place): number {
  return (
    compareText(a.kind, b.kind) ||
    compareText(sortKey(a), sortKey(b)) ||
    (a.line ?? 0) - (b.line ?? 0) ||
    (a.column ?? 0) - (b.column ?? 0)
  )
}

function sortKey(place: Place): string {
  switch (place.kind) {
    case 'file':
      return place.path
    case 'commit':
      return `${place.date} ${place.commit} ${place.path}`
    case 'message':
      return `${place.date} ${place.object}`
    case 'object':
      return `${place.path ?? ''} ${place.object}`
    case 'layer':
      return `${place.image} ${place.layer} ${place.path}`
    case 'image-config':
      return `${place.image} ${place.field}`
  }
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
