import type { Ranges } from '../../regex/index.ts'
import type { RuleAllowlist } from '../rule-file.ts'
import { fewerThan } from './complement.ts'
import { foreignAllowlist } from './imported.ts'
import type { PatternRequirements } from './read-yaml-rules.ts'

const usualSpecials = '!@#$%^&*()_+-=[]{}|;:\'",.<>?/\\`~'

/** `pattern_requirements` as allowlists: too few characters of a kind, or a word that must not be in the secret. */
export function requirementLists(requirements: PatternRequirements): RuleAllowlist[] {
  const { min_digits, min_uppercase, min_lowercase, min_special_chars, ignore_if_contains } = requirements
  const counts: [least: number, ranges: Ranges][] = [
    [min_digits, [[0x30, 0x39]]],
    [min_uppercase, [[0x41, 0x5a]]],
    [min_lowercase, [[0x61, 0x7a]]],
    [min_special_chars, rangesOf(requirements.special_chars || usualSpecials)],
  ]
  const regexes = counts.filter(([least]) => least > 0).map(([least, ranges]) => fewerThan(least, ranges))
  return [
    ...(regexes.length ? [foreignAllowlist({ regexes })] : []),
    ...(ignore_if_contains.length ? [foreignAllowlist({ stopwords: ignore_if_contains })] : []),
  ]
}

function rangesOf(characters: string): Ranges {
  const codes = [...new Set(Buffer.from(characters, 'latin1'))].sort((a, b) => a - b)
  const ranges: [number, number][] = []
  for (const code of codes) {
    const last = ranges.at(-1)
    if (last && code === last[1] + 1) last[1] = code
    else ranges.push([code, code])
  }
  return ranges
}
