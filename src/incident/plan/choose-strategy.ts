import type { Severity } from '../../model.ts'
import type { Exposure, StrategyId } from './plan.ts'

export interface StrategyFacts {
  /** What somebody has decided. */
  given?: StrategyId | undefined
  /** What suits the provider. */
  provider: StrategyId
  severity: Severity
  /** Undefined where nobody has said. */
  exposed: Exposure | undefined
  isAbused: boolean
}

/** The strategy and why, in words for the journal. An outage is only chosen on facts, not on suspicion. */
export function chooseStrategy(facts: StrategyFacts): { strategy: StrategyId; reason: string } {
  const { given, provider, severity, exposed, isAbused } = facts
  if (given !== undefined) return { strategy: given, reason: 'chosen by the responder' }
  if (isAbused) return { strategy: 'cut-first', reason: 'abuse was seen' }
  if (exposed === 'public' && severity === 'critical')
    return { strategy: 'cut-first', reason: 'the value is public and privileged' }
  return { strategy: provider, reason: 'what suits the provider; no abuse was reported' }
}
