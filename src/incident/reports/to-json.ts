/** The shapes of `stanch.incident/1`: docs/incident.md. */
import { deadlineOf, dueOf, isOverdue, nextSteps } from '../journal/deadlines.ts'
import { figuresOf } from '../journal/figures.ts'
import { headOf } from '../journal/hash-chain.ts'
import { type Incident, openNeeds, recordOf } from '../journal/incident.ts'
import type { LegalNotice, Step } from '../plan/plan.ts'

const schema = 'stanch.incident/1'

/** The checklist before anything is done. */
export function toPlanJson(incident: Incident) {
  const { plan, clocks } = incident
  const { provider, strategy, strategyReason, severity, exposed, urgency, propagation, exposes } = plan
  return {
    schema,
    provider,
    strategy,
    strategyReason,
    strategySteps: plan.strategySteps,
    severity,
    exposed,
    urgency,
    ...(propagation === undefined ? {} : { propagation }),
    ...(exposes === undefined ? {} : { exposes }),
    ...(incident.finding ? { finding: incident.finding } : {}),
    clocks: Object.fromEntries(Object.entries(clocks).map(([name, { time }]) => [name, time])),
    facts: incident.facts,
    steps: plan.steps.map(step => toStepJson(incident, step)),
    legal: plan.legal.map(notice => toNoticeJson(incident, notice)),
  }
}

export function toStatusJson(incident: Incident, now: Date) {
  const { steps, ...plan } = toPlanJson(incident)
  return {
    ...plan,
    ...toIdentity(incident),
    overdue: incident.plan.steps.filter(step => isOverdue(incident, step, now)).map(({ id }) => id),
    next: nextSteps(incident).map(({ id }) => id),
    steps: steps.map(step => ({ ...step, ...toRecordJson(incident, step.id) })),
    figures: figuresOf(incident),
  }
}

/** What can be done now, the most urgent first. */
export function toNextJson(incident: Incident, now: Date) {
  const steps = nextSteps(incident)
  return {
    schema,
    ...toIdentity(incident),
    provider: incident.plan.provider,
    strategy: incident.plan.strategy,
    clocks: toPlanJson(incident).clocks,
    steps: steps.map(step => ({ ...toStepJson(incident, step), overdue: isOverdue(incident, step, now) })),
  }
}

export function toLegalJson(incident: Incident, disclaimer: string) {
  return {
    schema,
    ...toIdentity(incident),
    disclaimer,
    clocks: toPlanJson(incident).clocks,
    legal: incident.plan.legal.map(notice => toNoticeJson(incident, notice)),
  }
}

export function toReportJson(incident: Incident, now: Date) {
  return {
    ...toStatusJson(incident, now),
    created: now.toISOString(),
    notes: incident.notes,
    head: headOf(incident.entries),
    entries: incident.entries,
  }
}

/** One line of `list`. */
export function toListJson(incident: Incident, now: Date) {
  const { plan, clocks, finding } = incident
  const open = plan.steps.filter(({ id }) => recordOf(incident, id).state === 'open')
  const [next] = nextSteps(incident)
  return {
    ...toIdentity(incident),
    provider: plan.provider,
    severity: plan.severity,
    exposed: plan.exposed,
    ...(finding ? { fingerprint: finding.fingerprint } : {}),
    detection: clocks.detection?.time ?? null,
    open: open.length,
    overdue: open.filter(step => isOverdue(incident, step, now)).length,
    next: next ? { id: next.id, due: dueOf(next, clocks).toISOString() } : null,
  }
}

function toIdentity({ id, isClosed, isDrill, parent, children }: Incident) {
  return {
    id,
    state: isClosed ? 'closed' : 'open',
    drill: isDrill,
    ...(parent === undefined ? {} : { parent }),
    ...(children.length ? { children } : {}),
  }
}

function toStepJson({ id, clocks }: Incident, step: Step) {
  const { within, clock, commands, quirks, what, function: category, source, checked } = step
  return {
    id: step.id,
    title: step.title,
    phase: step.phase,
    due: dueOf(step, clocks).toISOString(),
    within,
    clock,
    role: step.role,
    needs: step.needs,
    commands: commands.map(command => withId(command, id)),
    evidence: step.evidence,
    class: step.class,
    quirks,
    ...(what === undefined ? {} : { what: withId(what, id) }),
    ...(category === undefined ? {} : { function: category }),
    ...(source === undefined ? {} : { source }),
    ...(checked === undefined ? {} : { checked }),
  }
}

/** Texts of the checklist name the incident `{id}`. */
export function withId(text: string, id: string): string {
  return text.replaceAll('{id}', id)
}

function toRecordJson(incident: Incident, id: string) {
  const { state, doneAt, by, reason, evidence, files, principal } = recordOf(incident, id)
  const step = incident.plan.steps.find(known => known.id === id)
  return {
    state,
    doneAt: doneAt ?? null,
    by: by ?? null,
    blockedBy: step && state === 'open' ? openNeeds(incident, step) : [],
    ...(reason === undefined ? {} : { reason }),
    ...(principal === undefined ? {} : { principal }),
    recorded: evidence,
    files,
  }
}

function toNoticeJson({ clocks }: Incident, notice: LegalNotice) {
  const { regime, id, name, trigger, applies, to, chain, source, checked, note } = notice
  const last = chain.at(-1)
  return {
    regime,
    notice: id,
    name,
    trigger,
    applies,
    to,
    deadline: deadlineOf(notice, clocks)?.toISOString() ?? null,
    within: last?.within ?? '',
    days: last?.days ?? 'calendar',
    ...(chain.length > 1 ? { after: chain.slice(0, -1).map(({ within }) => within) } : {}),
    source,
    checked,
    ...(note === undefined ? {} : { note }),
  }
}
