import type { Severity } from '../../model.ts'
import type { IncidentData, RegimeData, StepData } from '../data/incident-data.ts'
import { chooseStrategy } from './choose-strategy.ts'
import { addDuration, describeSeconds } from './duration.ts'
import type { Exposure, LegalNotice, Plan, Step, StrategyId, Urgency } from './plan.ts'
import { type ProviderAction, type ProviderResponse, takeAction } from './provider-response.ts'

export interface PlanRequest {
  provider: string
  response: ProviderResponse
  severity: Severity
  exposed?: Exposure | undefined
  strategy?: StrategyId | undefined
  isAbused?: boolean | undefined
}

/** The checklist for a credential of this provider. Where nobody said who could read it, deadlines are as if all could. */
export function makePlan(data: IncidentData, request: PlanRequest): Plan {
  const { provider, response, severity, exposed } = request
  const urgency = request.isAbused ? 'immediate' : data.urgency[exposed ?? 'public'][severity]
  const { strategy, reason } = chooseStrategy({
    given: request.strategy,
    provider: response.strategy,
    severity,
    exposed,
    isAbused: request.isAbused ?? false,
  })
  const how = data.strategies.find(({ id }) => id === strategy)
  return {
    provider,
    severity,
    exposed: exposed ?? 'public',
    urgency,
    strategy,
    strategyReason: reason,
    strategySteps: how?.steps ?? [],
    ...(response.propagation === undefined ? {} : { propagation: response.propagation }),
    exposes: response.exposes,
    steps: inOrder(data.steps, how?.order ?? []).map(step =>
      toStep(step, urgency, response, how?.needs[step.id] ?? []),
    ),
    legal: data.regimes.flatMap(toNotices),
  }
}

/** The steps that a strategy names change places among themselves. */
function inOrder(steps: readonly StepData[], order: readonly string[]): StepData[] {
  const named = order.flatMap(id => steps.find(step => step.id === id) ?? [])
  return steps.map(step => (order.includes(step.id) ? (named.shift() ?? step) : step))
}

function toStep(step: StepData, urgency: Urgency, response: ProviderResponse, more: readonly string[]): Step {
  const { id, title, phase, clock, role, evidence, function: category } = step
  const what = tellPropagation(step, response)
  const action = step.uses ? takeAction(response, step.uses) : undefined
  const quirks = [...(action?.quirks ?? []), ...(id === 'contain' ? response.quirks : [])]
  return {
    id,
    title,
    phase,
    within: step.due[urgency],
    clock,
    role,
    needs: [...step.needs, ...more],
    ...(what === undefined ? {} : { what }),
    commands: [...(action?.steps ?? []), ...step.commands],
    evidence,
    class: action?.class ?? 'none',
    quirks,
    ...(category === undefined ? {} : { function: category }),
    ...(action?.source === undefined ? {} : { source: action.source, checked: tellChecked(action) }),
  }
}

function tellChecked({ checked, unchecked }: ProviderAction): string {
  return checked ?? (unchecked === undefined ? 'never' : `never: ${unchecked}`)
}

/** Where the value is proved dead, how long to go on asking. */
function tellPropagation({ what, uses }: StepData, { propagation }: ProviderResponse): string | undefined {
  if (uses !== 'verify' || propagation === undefined) return what
  const seconds = addDuration(new Date(0), propagation).getTime() / 1000
  return `${what} Here it takes ${seconds === 0 ? 'no time' : `up to ${describeSeconds(seconds)}`}.`
}

function toNotices({
  id,
  name,
  trigger,
  applies,
  source,
  checked,
  note,
  notices,
}: RegimeData): LegalNotice[] {
  return notices.map(notice => ({
    regime: id,
    id: notice.id,
    name,
    trigger,
    applies,
    to: notice.to,
    chain: chainOf(notice.id, notices),
    source,
    checked,
    ...(note === undefined ? {} : { note }),
  }))
}

function chainOf(id: string, notices: RegimeData['notices']): LegalNotice['chain'] {
  const notice = notices.find(known => known.id === id)
  if (!notice) return []
  const { within, days, after } = notice
  return [...(after === undefined ? [] : chainOf(after, notices)), { within, days }]
}
