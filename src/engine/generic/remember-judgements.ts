import { kindOfPath } from './context-features.ts'
import type { GenericCandidate } from './features.ts'

type Judge = (candidate: GenericCandidate) => number

const MOST = 16_384
const LONGEST_VALUE = 128

/** The same judge, for texts that repeat each other, as test data, translations and the versions of a file do. */
export function rememberJudgements(judge: Judge): Judge {
  const known = new Map<string, number>()
  return candidate => {
    if (candidate.value.length > LONGEST_VALUE) return judge(candidate)
    const key = keyOf(candidate)
    const before = known.get(key)
    if (before !== undefined) return before
    if (known.size >= MOST) known.clear()
    const confidence = judge(candidate)
    known.set(key, confidence)
    return confidence
  }
}

/** All that a judge looks at; where the value stands is none of it. */
function keyOf({ name, value, operator, path }: GenericCandidate): string {
  return `${kindOfPath(path)}${operator}\n${name}\n${value}`
}
