import { dueOf, nextSteps } from '../../incident/journal/deadlines.ts'
import { type Incident, openNeeds, recordOf } from '../../incident/journal/incident.ts'
import type { Step } from '../../incident/plan/plan.ts'
import { isCommand } from '../../incident/plan/tidy-command.ts'
import { tellTime } from '../../incident/reports/tell-time.ts'
import { withId } from '../../incident/reports/to-json.ts'
import type { ShownIncident, ShownStep } from '../../tui/incident-state.ts'

/** An incident as the screen shows it. */
export function toShown(incident: Incident): ShownIncident {
  const { id, plan, finding, facts, isDrill, isClosed } = incident
  return {
    id,
    title: finding ? `${finding.description} ${finding.masked}` : plan.provider,
    facing: `${plan.severity}, ${plan.exposed}, ${plan.strategy}`,
    warnings: facts.warnings,
    isDrill,
    isClosed,
    steps: plan.steps.map(step => toShownStep(incident, step)),
    next: nextSteps(incident).map(step => step.id),
  }
}

function toShownStep(incident: Incident, step: Step): ShownStep {
  const { id, title, role, phase, what = '', commands, evidence, quirks } = step
  const { state, doneAt, by, reason } = recordOf(incident, id)
  const texts = commands.map(command => withId(command, incident.id))
  return {
    id,
    title,
    role,
    phase,
    state,
    due: dueOf(step, incident.clocks).getTime(),
    blockedBy: state === 'open' ? openNeeds(incident, step) : [],
    what: withId(what, incident.id),
    commands: texts.filter(isCommand),
    actions: texts.filter(text => !isCommand(text)),
    notes: quirks,
    record: evidence.join('; '),
    outcome: state === 'done' ? `done ${tellTime(new Date(doneAt ?? 0))} by ${by}` : (reason ?? ''),
  }
}
