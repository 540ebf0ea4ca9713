/** Journal → state: a pure reduction, so that whoever reads the journal sees the same incident. */
import type { Plan, Step } from '../plan/plan.ts'
import type { Clock, Entry, EvidenceFile, ExposureFacts, Finding } from './entry.ts'

export type StepState = 'open' | 'done' | 'waived'

export interface StepRecord {
  state: StepState
  doneAt?: string
  by?: string
  /** Of a waived step. */
  reason?: string
  evidence: string[]
  files: EvidenceFile[]
  principal?: string
}

export interface Incident {
  id: string
  isDrill: boolean
  isClosed: boolean
  closedAt?: string
  parent?: string
  children: string[]
  finding?: Finding
  facts: ExposureFacts
  clocks: Record<string, Clock>
  plan: Plan
  /** By step; a step without one is open. */
  records: Record<string, StepRecord>
  notes: { at: string; by: string; text: string }[]
  entries: Entry[]
}

/** Undefined for a journal that opens nothing. */
export function readIncident(entries: readonly Entry[]): Incident | undefined {
  const [first, ...rest] = entries
  if (first?.type !== 'opened') return undefined
  const { id, isDrill, parent, finding, facts, clocks, plan } = first
  const start: Incident = {
    id,
    isDrill,
    isClosed: false,
    ...(parent === undefined ? {} : { parent }),
    children: [],
    ...(finding ? { finding } : {}),
    facts,
    clocks,
    plan,
    records: {},
    notes: [],
    entries: [...entries],
  }
  return rest.reduce(addEntry, start)
}

function addEntry(incident: Incident, entry: Entry): Incident {
  const { at, by } = entry
  switch (entry.type) {
    case 'opened':
      return incident
    case 'assessed':
      return { ...incident, plan: entry.plan }
    case 'done':
      return addDone(incident, entry)
    case 'waived':
      return withRecord(incident, entry.step, { state: 'waived', doneAt: at, by, reason: entry.reason })
    case 'reopened':
      return stopClocks(withRecord(incident, entry.step, { state: 'open' }), entry.step)
    case 'note':
      return { ...incident, notes: [...incident.notes, { at, by, text: entry.text }] }
    case 'clock':
      return withClock(incident, entry.name, { time: entry.time, source: `set by ${by}` })
    case 'child':
      return { ...incident, children: [...incident.children, entry.id] }
    case 'closed':
      return { ...incident, isClosed: true, closedAt: at }
  }
}

function addDone(incident: Incident, entry: Entry & { type: 'done' }): Incident {
  const { step, doneAt, by, evidence, file, principal } = entry
  const before = recordOf(incident, step)
  // Done again: more evidence for what was done before.
  const first =
    before.state === 'done' ? { doneAt: before.doneAt ?? doneAt, by: before.by ?? by } : { doneAt, by }
  const next = withRecord(incident, step, {
    state: 'done',
    ...first,
    evidence: [...before.evidence, ...(evidence === undefined ? [] : [evidence])],
    files: [...before.files, ...(file ? [file] : [])],
    ...(principal === undefined ? {} : { principal }),
  })
  return step === 'verify-dead' && before.state !== 'done' ? startMonitoring(next, doneAt) : next
}

/** A clock that somebody has set stays. */
function startMonitoring(incident: Incident, time: string): Incident {
  const source = 'verified dead'
  return ['containment', 'monitoring'].reduce(
    (all, name) => (all.clocks[name] ? all : withClock(all, name, { time, source })),
    incident,
  )
}

/** What was dead is alive again. */
function stopClocks(incident: Incident, step: string): Incident {
  if (step !== 'verify-dead') return incident
  const { containment: _dead, monitoring: _watched, ...clocks } = incident.clocks
  return { ...incident, clocks }
}

function withClock(incident: Incident, name: string, clock: Clock): Incident {
  return { ...incident, clocks: { ...incident.clocks, [name]: clock } }
}

function withRecord(
  incident: Incident,
  step: string,
  change: Partial<StepRecord> & Pick<StepRecord, 'state'>,
) {
  const { evidence, files } = recordOf(incident, step)
  return { ...incident, records: { ...incident.records, [step]: { evidence, files, ...change } } }
}

export function recordOf({ records }: Incident, step: string): StepRecord {
  return records[step] ?? { state: 'open', evidence: [], files: [] }
}

/** Needs of a step that are neither done nor waived. */
export function openNeeds(incident: Incident, step: Step): string[] {
  return step.needs.filter(need => recordOf(incident, need).state === 'open')
}
