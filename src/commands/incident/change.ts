/** Commands that write into the journal of an incident. */
import { ExitCode, UserError } from '../../errors.ts'
import { deadlineOf, nextSteps } from '../../incident/journal/deadlines.ts'
import type { EntryBody } from '../../incident/journal/entry.ts'
import { checkClose, checkDone, checkIsOpen, checkWaiver, findStep } from '../../incident/journal/gates.ts'
import { type Incident, recordOf } from '../../incident/journal/incident.ts'
import { makePlan } from '../../incident/plan/make-plan.ts'
import type { Exposure, StrategyId } from '../../incident/plan/plan.ts'
import { tellDue } from '../../incident/reports/tell-time.ts'
import type { Severity } from '../../model.ts'
import { nearest } from '../../settings/nearest.ts'
import type { Context, GlobalOptions } from '../context.ts'
import { writeText } from '../write-text.ts'
import { type Evidence, readEvidence } from './evidence.ts'
import { findCredential } from './find-response.ts'
import {
  authorOf,
  type IncidentFolder,
  listFolders,
  loadIncident,
  pickIncident,
  type StoreOptions,
} from './incident-store.ts'
import { addToJournal } from './journal-file.ts'
import { loadIncidentData } from './load-incident-data.ts'
import { maskSecrets } from './mask-secrets.ts'
import { parseTime } from './parse-time.ts'

export type ChangeOptions = StoreOptions & Pick<GlobalOptions, 'quiet'>

export interface DoneOptions extends ChangeOptions {
  evidence?: string
  at?: string
  principal?: string
}

export async function markDone(step: string, options: DoneOptions, context: Context): Promise<number> {
  if (step === 'close') return closeIncident(options, context)
  const { folder, incident } = pickIncident(options, context)
  checkDone(incident, findStep(incident, step), options.principal)
  const evidence = await readEvidence(options.evidence, folder, incident, context)
  const principal =
    options.principal === undefined
      ? undefined
      : await maskSecrets(options.principal, incident.finding, context)
  tellMasked(evidence.masked + (principal?.masked ?? 0), options, context)
  const doneAt = (
    options.at === undefined ? context.now() : parseTime(options.at, context.now())
  ).toISOString()
  const after = await change(folder, options, context, current => {
    checkDone(current, findStep(current, step), options.principal)
    return [
      {
        type: 'done',
        step,
        doneAt,
        ...toBody(evidence),
        ...(principal === undefined ? {} : { principal: principal.text }),
      },
    ]
  })
  if (step === 'audit' && principal === undefined && !options.quiet)
    context.stderr.write(
      'stanch: it is not recorded which credential the audit was done with: --principal NAME\n',
    )
  return tellNext(`${step} is done.`, after, context)
}

export async function waiveStep(
  step: string,
  options: ChangeOptions & { reason: string },
  context: Context,
): Promise<number> {
  const { folder, incident } = pickIncident(options, context)
  const { text, masked } = await maskSecrets(options.reason, incident.finding, context)
  tellMasked(masked, options, context)
  const after = await change(folder, options, context, current => {
    checkWaiver(current, findStep(current, step), text)
    return [{ type: 'waived', step, reason: text }]
  })
  return tellNext(`${step} is waived.`, after, context)
}

export async function reopenStep(
  step: string,
  options: ChangeOptions & { reason: string },
  context: Context,
): Promise<number> {
  const { folder, incident } = pickIncident(options, context)
  const { text, masked } = await maskSecrets(options.reason, incident.finding, context)
  tellMasked(masked, options, context)
  const after = await change(folder, options, context, current => {
    checkIsOpen(current)
    if (recordOf(current, findStep(current, step).id).state === 'open')
      throw new UserError(`step "${step}" is open`, 'There is nothing to take back.')
    return [{ type: 'reopened', step, reason: text }]
  })
  return tellNext(`${step} is open again.`, after, context)
}

export async function addNote(text: string, options: ChangeOptions, context: Context): Promise<number> {
  const { folder, incident } = pickIncident(options, context)
  const evidence = await readEvidence(text, folder, incident, context)
  tellMasked(evidence.masked, options, context)
  const { text: said = '', file } = evidence
  await change(folder, options, context, () => [
    { type: 'note', text: said || (file ? `file ${file.name}` : ''), ...(file ? { file } : {}) },
  ])
  await writeText(context.stdout, 'Noted.\n')
  return ExitCode.clean
}

/** The clocks that every incident has; each regime of law has one more. */
export const clockNames = ['exposure', 'detection', 'response', 'containment', 'monitoring']

export async function setClock(
  name: string,
  time: string,
  options: ChangeOptions,
  context: Context,
): Promise<number> {
  const { folder, incident } = pickIncident(options, context)
  const at = parseTime(time, context.now()).toISOString()
  const known = [...clockNames, ...incident.plan.legal.map(({ regime }) => regime)]
  if (!known.includes(name)) {
    const near = nearest(name, known)
    throw new UserError(
      `there is no clock "${name}"`,
      near ? `Did you mean ${near}?` : `Clocks: ${[...new Set(known)].join(', ')}.`,
    )
  }
  const after = await change(folder, options, context, current => {
    checkIsOpen(current)
    return [{ type: 'clock', name, time: at }]
  })
  const notices = after.plan.legal.filter(({ regime }) => regime === name)
  const lines = notices.map(notice => {
    const deadline = deadlineOf(notice, after.clocks)
    return `  ${notice.to}: ${deadline?.toISOString()}, ${deadline ? tellDue(deadline, context.now()) : ''}\n`
  })
  await writeText(context.stdout, `Clock ${name}: ${at}\n${lines.join('')}`)
  return ExitCode.clean
}

export interface AssessOptions extends ChangeOptions {
  severity?: Severity
  exposed?: Exposure
  strategy?: StrategyId
  abused?: boolean
  reason: string
}

/** New facts: the deadlines and needs of the open steps follow. */
export async function assessIncident(options: AssessOptions, context: Context): Promise<number> {
  const { folder, incident } = pickIncident(options, context)
  const { text, masked } = await maskSecrets(options.reason, incident.finding, context)
  tellMasked(masked, options, context)
  const { response } = findCredential(incident.plan.provider, undefined)
  const after = await change(folder, options, context, current => {
    checkIsOpen(current)
    const { provider, severity, exposed, strategy } = current.plan
    const plan = makePlan(loadIncidentData(), {
      provider,
      response,
      severity: options.severity ?? severity,
      exposed: options.exposed ?? exposed,
      strategy: options.strategy ?? (options.abused ? undefined : strategy),
      isAbused: options.abused,
    })
    return [{ type: 'assessed', reason: text, plan }]
  })
  const { severity, exposed, urgency, strategy } = after.plan
  return tellNext(`${severity}, ${exposed}: ${urgency} deadlines, strategy ${strategy}.`, after, context)
}

export async function closeIncident(options: DoneOptions, context: Context): Promise<number> {
  const { folder, incident } = pickIncident(options, context)
  const evidence = await readEvidence(options.evidence, folder, incident, context)
  tellMasked(evidence.masked, options, context)
  const doneAt = context.now().toISOString()
  const children = openChildren(incident, options, context)
  await change(folder, options, context, current => {
    checkClose(current, children)
    return [{ type: 'done', step: 'close', doneAt, ...toBody(evidence) }, { type: 'closed' }]
  })
  await writeText(context.stdout, `Incident ${incident.id} is closed.\n`)
  return ExitCode.clean
}

function openChildren({ children }: Incident, options: StoreOptions, context: Context): string[] {
  const folders = listFolders(options, context).filter(({ id }) => children.includes(id))
  return folders.filter(folder => !loadIncident(folder).isClosed).map(({ id }) => id)
}

function toBody({ text, file }: Evidence) {
  return { ...(text === undefined ? {} : { evidence: text }), ...(file ? { file } : {}) }
}

function change(
  { path, shownAs }: IncidentFolder,
  options: StoreOptions,
  context: Context,
  decide: (current: Incident) => EntryBody[],
): Promise<Incident> {
  return addToJournal(path, shownAs, authorOf(options, context), current => {
    if (!current) throw new Error(`${shownAs}: the journal opens no incident`)
    return decide(current)
  })
}

async function tellNext(what: string, incident: Incident, context: Context): Promise<number> {
  const [next] = nextSteps(incident)
  await writeText(context.stdout, `${what}${next ? ` Next: ${next.id}  ${next.title}` : ''}\n`)
  return ExitCode.clean
}

function tellMasked(count: number, { quiet }: ChangeOptions, { stderr }: Context): void {
  if (count > 0 && !quiet)
    stderr.write(`stanch: ${count} secret${count === 1 ? ' was' : 's were'} masked in what you handed in\n`)
}
