import { addDuration } from '../plan/duration.ts'
import type { LegalNotice, Step } from '../plan/plan.ts'
import { type Incident, openNeeds, recordOf } from './incident.ts'

/** Clock → start. */
export type Clocks = Readonly<Record<string, { time: string }>>

/** When a step is due. A clock that does not run yet stands in for by that of the detection. */
export function dueOf({ within, clock }: Step, clocks: Clocks): Date {
  const start = clocks[clock] ?? clocks.detection
  return addDuration(new Date(start?.time ?? 0), within)
}

/** When a notice is due; undefined until its regime's clock runs. */
export function deadlineOf({ regime, chain }: LegalNotice, clocks: Clocks): Date | undefined {
  const start = clocks[regime]
  return (
    start && chain.reduce((date, { within, days }) => addDuration(date, within, days), new Date(start.time))
  )
}

export function isOverdue(incident: Incident, step: Step, now: Date): boolean {
  return recordOf(incident, step.id).state === 'open' && dueOf(step, incident.clocks) < now
}

/** What can be done now, the most urgent first; where two wait for the same, the strategy's order counts. */
export function nextSteps(incident: Incident): Step[] {
  const { plan, clocks } = incident
  const ready = plan.steps.filter(
    step => recordOf(incident, step.id).state === 'open' && openNeeds(incident, step).length === 0,
  )
  // In the plan's order `replace` stands before `contain` where the strategy says so: it is to be begun by then.
  const effective = (step: Step): number => {
    const later = plan.steps.slice(plan.steps.indexOf(step)).filter(({ id }) => id === 'contain')
    const own = dueOf(step, clocks).getTime()
    return step.id === 'replace'
      ? Math.min(own, ...later.map(contain => dueOf(contain, clocks).getTime()))
      : own
  }
  return ready.sort((a, b) => effective(a) - effective(b))
}
