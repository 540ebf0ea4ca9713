import type { Evidence } from '../model.ts'
import { printable } from './printable.ts'

/** Features shown on either side; the JSON report has all. */
const MAX_SHOWN = 5
/** What would be printed as 0. */
const LEAST = 0.05

/** What the features are about, in words, where their names alone do not tell. */
const words: Readonly<Record<string, string>> = {
  surprise: 'how little it reads like words',
  longestWord: 'longest run of letters',
  digit: 'share of digits',
  lower: 'share of small letters',
  upper: 'share of capitals',
  other: 'share of punctuation',
  bits: 'entropy',
  bitsShare: 'entropy for its length',
  stem: 'word in the name',
  lastStem: 'last word of the name',
  isCommon: 'whether it is well known',
  saysSecret: 'whether it says what it is',
  saysTest: 'whether it says test',
  operator: 'how name and value are joined',
  extension: 'kind of file',
}

/** Two lines: what spoke for a secret, and what against it. */
export function describeEvidence(evidence: readonly Evidence[]): string[] {
  const sides = [
    ['for', evidence.filter(({ weight }) => weight >= LEAST)],
    ['against', evidence.filter(({ weight }) => weight <= -LEAST)],
  ] as const
  return sides.flatMap(([side, list]) =>
    list.length === 0 ? [] : [`${side}: ${list.slice(0, MAX_SHOWN).map(describe).join(', ')}`],
  )
}

function describe({ feature, weight }: Evidence): string {
  const plain = feature.replace(/([A-Z])/g, ' $1').toLowerCase()
  return `${printable(words[feature] ?? plain)} ${weight > 0 ? '+' : ''}${weight.toFixed(1)}`
}
