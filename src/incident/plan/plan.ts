/** The words of a checklist. */
import type { Severity } from '../../model.ts'

export const exposures = ['public', 'private', 'internal'] as const
/** Who could read the secret: everybody, those with access to a repository, those within the house. */
export type Exposure = (typeof exposures)[number]

export const urgencies = ['immediate', 'planned', 'routine'] as const
export type Urgency = (typeof urgencies)[number]

export const strategyIds = ['concurrent', 'graceful', 'dual-read', 'cut-first'] as const
export type StrategyId = (typeof strategyIds)[number]

export const phases = ['5m', '1h', '24h', 'ongoing'] as const
/** A step's place in the plan, which is not when it is due. */
export type Phase = (typeof phases)[number]

export const actionClasses = ['anonymous', 'self', 'owner', 'console', 'none'] as const
/** Who can do it: anybody who has the string, its holder, another credential's owner, only a person in a console. */
export type ActionClass = (typeof actionClasses)[number]

/** One item of the checklist. A duration is in ISO 8601. */
export interface Step {
  id: string
  title: string
  phase: Phase
  /** From the step's clock. */
  within: string
  clock: string
  role: string
  needs: string[]
  /** Why and how, in a sentence or two. */
  what?: string
  commands: string[]
  evidence: string[]
  class: ActionClass
  /** What surprises people who do it the first time. */
  quirks: string[]
  /** Category of NIST's Cybersecurity Framework. */
  function?: string
  /** The page that says so. */
  source?: string
  /** The day on which the step was last compared with it; `never` for what was written from memory. */
  checked?: string
}

/** One notice that a regime of law asks for. */
export interface LegalNotice {
  /** The regime, which is also the name of its clock. */
  regime: string
  id: string
  name: string
  trigger: string
  applies: string
  to: string
  /** Durations from the clock on, one after the other, in ISO 8601. */
  chain: { within: string; days: 'calendar' | 'business' }[]
  source: string
  checked: string
  note?: string
}

/** The checklist of one incident. It goes into the journal as a whole: a later version of the rules does not change it. */
export interface Plan {
  provider: string
  severity: Severity
  exposed: Exposure
  urgency: Urgency
  strategy: StrategyId
  strategyReason: string
  /** What to do in which order. */
  strategySteps: string[]
  /** ISO 8601: until a revoked value is dead everywhere. */
  propagation?: string
  exposes?: string
  steps: Step[]
  legal: LegalNotice[]
}
