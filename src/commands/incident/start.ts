import { ExitCode } from '../../errors.ts'
import type { EntryBody } from '../../incident/journal/entry.ts'
import { type Incident, readIncident } from '../../incident/journal/incident.ts'
import { makePlan } from '../../incident/plan/make-plan.ts'
import type { Exposure, StrategyId } from '../../incident/plan/plan.ts'
import { printNext } from '../../incident/reports/human.ts'
import type { Severity } from '../../model.ts'
import type { Context } from '../context.ts'
import { writeText } from '../write-text.ts'
import { findSubject, type IncidentSubject } from './find-subject.ts'
import { authorOf, createIncident, pickIncident, type StoreOptions } from './incident-store.ts'
import { addToJournal } from './journal-file.ts'
import { loadIncidentData } from './load-incident-data.ts'
import { parseTime } from './parse-time.ts'
import { type ShowOptions, showIncident, wantsColor } from './show.ts'

export interface StartOptions extends StoreOptions, ShowOptions {
  finding?: string
  /** More reports, of which only the places of the finding count. */
  seen?: string[]
  provider?: string
  rule?: string
  exposed?: Exposure
  at?: string
  strategy?: StrategyId
  severity?: Severity
  abused?: boolean
  history: boolean
  parent?: string
  config?: string
}

/** Opens an incident: what leaked, where it was seen, and the checklist with its deadlines. */
export async function startIncident(options: StartOptions, context: Context): Promise<number> {
  const author = authorOf(options, context)
  const parent =
    options.parent === undefined ? undefined : pickIncident({ ...options, incident: options.parent }, context)
  const opening = await prepareOpening(options, context)
  const day = context.now().toISOString().slice(0, 10)
  const { folder, incident } = await createIncident(
    options,
    context,
    author,
    `${day}-${opening.plan.provider}`,
    id => ({ ...opening, id, ...(parent ? { parent: parent.incident.id } : {}) }),
  )
  if (parent)
    await addToJournal(parent.folder.path, parent.folder.shownAs, author, () => [
      { type: 'child', id: folder.id },
    ])
  await tellStarted(incident, folder.shownAs, options, context)
  return ExitCode.clean
}

/** The checklist that `start` would open, without anything written. */
export async function showPlan(options: StartOptions, context: Context): Promise<number> {
  const opening = await prepareOpening(options, context)
  await showIncident('plan', imagine(opening, context), options, context)
  return ExitCode.clean
}

/** An incident of one entry that stands in no journal. */
function imagine(opening: Opening, context: Context): Incident {
  const frame = { seq: 1, at: context.now().toISOString(), by: '', prev: '', hash: '' }
  const incident = readIncident([{ ...frame, ...opening, id: 'ID' }])
  if (!incident) throw new Error('an opening opens an incident')
  return incident
}

export type Opening = Omit<EntryBody & { type: 'opened' }, 'id'>

export async function prepareOpening(options: StartOptions, context: Context): Promise<Opening> {
  const now = context.now()
  const detection = options.at === undefined ? now : parseTime(options.at, now)
  const data = loadIncidentData()
  const subject = await findSubject(options, data, context)
  const { credential, finding, facts } = subject
  return {
    type: 'opened',
    rules: data.version,
    isDrill: false,
    ...(finding ? { finding } : {}),
    facts,
    clocks: {
      ...exposureClock(subject),
      detection: {
        time: detection.toISOString(),
        source: options.at === undefined ? 'when it was opened' : 'given',
      },
      response: { time: now.toISOString(), source: 'when it was opened' },
    },
    plan: makePlan(data, {
      provider: credential.provider,
      response: credential.response,
      severity: options.severity ?? subject.severity,
      exposed: options.exposed,
      strategy: options.strategy,
      isAbused: options.abused,
    }),
  }
}

/** The host's time of the push would be better, and can be set. */
function exposureClock({ facts: { firstCommit } }: IncidentSubject) {
  const time = firstCommit && Date.parse(firstCommit.date)
  if (time === undefined || Number.isNaN(time)) return {}
  return {
    exposure: { time: new Date(time).toISOString(), source: 'date of the first commit, which can be forged' },
  }
}

async function tellStarted(
  incident: Incident,
  shownAs: string,
  options: StartOptions,
  context: Context,
): Promise<void> {
  if (options.format !== 'human') return showIncident('status', incident, options, context)
  const color = wantsColor(options, context)
  const { warnings } = incident.facts
  const lines = [`Opened ${incident.id}  (${shownAs})`, ...warnings.map(warning => `! ${warning}`), '']
  await writeText(
    context.stdout,
    `${lines.join('\n')}\n${printNext(incident, { now: context.now(), color })}`,
  )
  if (!options.quiet && context.stdout.isTTY)
    context.stderr.write('\nThe screen with countdowns: stanch incident resume\n')
}
