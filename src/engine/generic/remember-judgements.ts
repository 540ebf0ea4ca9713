import type { JudgeGeneric } from '../judge.ts'
import type { GenericCandidate } from './features.ts'

const MOST = 65_536

/** The same judge, for texts that repeat each other as the versions of a file do. */
export function rememberJudgements(judge: JudgeGeneric): JudgeGeneric {
  const known = new Map<string, number>()
  return candidate => {
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
  return `${operator}\n${name}\n${value}\n${path}`
}
