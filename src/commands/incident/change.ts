/** Commands that write into the journal of an incident, and what they say afterwards. */
import { ExitCode, UserError } from '../../errors.ts'
import { deadlineOf, dueOf, nextSteps } from '../../incident/journal/deadlines.ts'
import { checkIsOpen } from '../../incident/journal/gates.ts'
import type { Incident } from '../../incident/journal/incident.ts'
import { makePlan } from '../../incident/plan/make-plan.ts'
import type { Exposure, StrategyId } from '../../incident/plan/plan.ts'
import { tellDue } from '../../incident/reports/tell-time.ts'
import type { Severity } from '../../model.ts'
import { nearest } from '../../settings/nearest.ts'
import type { Context, GlobalOptions } from '../context.ts'
import { writeText } from '../write-text.ts'
import {
  applyClose,
  applyDone,
  applyNote,
  applyReopening,
  applyWaiver,
  type Change,
  change,
  type DoneOptions,
} from './apply-change.ts'
import { findCredential } from './find-response.ts'
import { pickIncident, type StoreOptions } from './incident-store.ts'
import { loadIncidentData } from './load-incident-data.ts'
import { maskSecrets } from './mask-secrets.ts'
import { parseTime } from './parse-time.ts'

type Quiet = Pick<GlobalOptions, 'quiet'>
export type ChangeOptions = StoreOptions & Quiet

export async function markDone(
  step: string,
  options: DoneOptions & Quiet,
  context: Context,
): Promise<number> {
  if (step === 'close') return closeIncident(options, context)
  const done = await applyDone(step, options, context)
  if (!options.quiet)
    for (const remark of remarksOn(step, options, done.incident, context)) context.stderr.write(remark)
  return tellChange(`${step} is done.`, done, options, context)
}

/** What is let pass, and should not pass unseen. */
function remarksOn(step: string, options: DoneOptions, incident: Incident, { now }: Context): string[] {
  const watched = incident.plan.steps.find(({ id }) => id === 'monitor')
  const end = watched && dueOf(watched, incident.clocks)
  return [
    ...(step === 'audit' && options.principal === undefined
      ? ['stanch: it is not recorded which credential the audit was done with: --principal NAME\n']
      : []),
    ...(step === 'monitor' && end && end > now()
      ? [`stanch: the watch was to go on until ${end.toISOString().slice(0, 10)}\n`]
      : []),
  ]
}

export async function waiveStep(
  step: string,
  options: ChangeOptions & { reason: string },
  context: Context,
): Promise<number> {
  return tellChange(`${step} is waived.`, await applyWaiver(step, options, context), options, context)
}

export async function reopenStep(
  step: string,
  options: ChangeOptions & { reason: string },
  context: Context,
): Promise<number> {
  return tellChange(`${step} is open again.`, await applyReopening(step, options, context), options, context)
}

export async function addNote(text: string, options: ChangeOptions, context: Context): Promise<number> {
  const { masked } = await applyNote(text, options, context)
  tellMasked(masked, options, context)
  await writeText(context.stdout, 'Noted.\n')
  return ExitCode.clean
}

export async function closeIncident(options: DoneOptions & Quiet, context: Context): Promise<number> {
  const { incident, masked } = await applyClose(options, context)
  tellMasked(masked, options, context)
  await writeText(context.stdout, `Incident ${incident.id} is closed.\n`)
  return ExitCode.clean
}

/** The clocks that every incident has; each regime of law has one more. */
const clockNames = ['exposure', 'detection', 'response', 'containment', 'monitoring']

export async function setClock(
  name: string,
  time: string,
  options: ChangeOptions,
  context: Context,
): Promise<number> {
  const { folder, incident } = pickIncident(options, context)
  const at = parseTime(time, context.now()).toISOString()
  checkClock(name, incident)
  const after = await change(folder, options, context, current => {
    checkIsOpen(current)
    return [{ type: 'clock', name, time: at }]
  })
  const lines = after.plan.legal
    .filter(({ regime }) => regime === name)
    .map(notice => {
      const deadline = deadlineOf(notice, after.clocks) ?? context.now()
      return `  ${notice.to}: ${deadline.toISOString()}, ${tellDue(deadline, context.now())}\n`
    })
  await writeText(context.stdout, `Clock ${name}: ${at}\n${lines.join('')}`)
  return ExitCode.clean
}

function checkClock(name: string, { plan }: Incident): void {
  const known = [...new Set([...clockNames, ...plan.legal.map(({ regime }) => regime)])]
  if (known.includes(name)) return
  const near = nearest(name, known)
  throw new UserError(
    `there is no clock "${name}"`,
    near ? `Did you mean ${near}?` : `Clocks: ${known.join(', ')}.`,
  )
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
  const what = `${severity}, ${exposed}: ${urgency} deadlines, strategy ${strategy}.`
  return tellChange(what, { incident: after, masked }, options, context)
}

async function tellChange(
  what: string,
  { incident, masked }: Change,
  options: Quiet,
  context: Context,
): Promise<number> {
  tellMasked(masked, options, context)
  const [next] = nextSteps(incident)
  await writeText(context.stdout, `${what}${next ? ` Next: ${next.id}  ${next.title}` : ''}\n`)
  return ExitCode.clean
}

function tellMasked(count: number, { quiet }: Quiet, { stderr }: Context): void {
  if (count > 0 && !quiet)
    stderr.write(`stanch: ${count} secret${count === 1 ? ' was' : 's were'} masked in what you handed in\n`)
}
