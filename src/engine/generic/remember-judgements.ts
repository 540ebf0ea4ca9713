import { kindOfPath } from './context-features.ts'
import type { GenericCandidate } from './features.ts'

export interface RememberedJudge {
  /** Whether the name and the value alone tell that it is no secret. */
  isRuledOut(candidate: GenericCandidate): boolean
  /** How likely another value is a secret. */
  weigh(candidate: GenericCandidate): number
}

const MOST = 16_384
const LONGEST_VALUE = 128

/** What was found of a value when it last came. */
interface Judgement {
  name: string
  isRuledOut: boolean
  operator: string
  kind: string
  confidence: number
}

/** How likely a value is a secret; what repeats, as in test data, translations and the versions of a file, is judged once. */
export function rememberJudgements({ isRuledOut, weigh }: RememberedJudge) {
  const known = new Map<string, Judgement>()

  return (candidate: GenericCandidate): number => {
    const judgement = recall(candidate)
    if (judgement.isRuledOut) return 0
    const { operator, path } = candidate
    const kind = kindOfPath(path)
    if (judgement.operator !== operator || judgement.kind !== kind) {
      judgement.confidence = weigh(candidate)
      judgement.operator = operator
      judgement.kind = kind
    }
    return judgement.confidence
  }

  function recall(candidate: GenericCandidate): Judgement {
    const { name, value } = candidate
    const before = known.get(value)
    if (before?.name === name) return before
    const fresh = { name, isRuledOut: isRuledOut(candidate), operator: '', kind: '', confidence: 0 }
    if (value.length > LONGEST_VALUE) return fresh
    if (known.size >= MOST) known.clear()
    known.set(value, fresh)
    return fresh
  }
}
