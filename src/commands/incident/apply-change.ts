/** What people do with an incident, written into its journal; the same for commands and for the screen. */
import { UserError } from '../../errors.ts'
import type { EntryBody } from '../../incident/journal/entry.ts'
import { checkClose, checkDone, checkIsOpen, checkWaiver, findStep } from '../../incident/journal/gates.ts'
import { type Incident, recordOf } from '../../incident/journal/incident.ts'
import type { Context } from '../context.ts'
import { type Evidence, readEvidence } from './evidence.ts'
import {
  authorOf,
  type IncidentFolder,
  listFolders,
  loadIncident,
  pickIncident,
  type StoreOptions,
} from './incident-store.ts'
import { addToJournal } from './journal-file.ts'
import { maskSecrets } from './mask-secrets.ts'
import { parseTime } from './parse-time.ts'

export interface DoneOptions extends StoreOptions {
  evidence?: string
  at?: string
  principal?: string
}

export interface Change {
  incident: Incident
  /** Secrets that were masked in what was handed in. */
  masked: number
}

export async function applyDone(step: string, options: DoneOptions, context: Context): Promise<Change> {
  if (step === 'close') return applyClose(options, context)
  const { folder, incident } = pickIncident(options, context)
  checkDone(incident, findStep(incident, step), options.principal)
  const evidence = await readEvidence(options.evidence, folder, incident, context)
  const principal = await maskOption(options.principal, incident, context)
  const now = context.now()
  const doneAt = (options.at === undefined ? now : parseTime(options.at, now)).toISOString()
  const after = await change(folder, options, context, current => {
    checkDone(current, findStep(current, step), options.principal, evidence.text)
    const used = principal === undefined ? {} : { principal: principal.text }
    return [{ type: 'done', step, doneAt, ...toBody(evidence), ...used }]
  })
  return { incident: after, masked: evidence.masked + (principal?.masked ?? 0) }
}

export async function applyWaiver(
  step: string,
  options: StoreOptions & { reason: string },
  context: Context,
): Promise<Change> {
  const { folder, incident } = pickIncident(options, context)
  const { text, masked } = await maskSecrets(options.reason, incident.finding, context)
  const after = await change(folder, options, context, current => {
    checkWaiver(current, findStep(current, step), text)
    return [{ type: 'waived', step, reason: text }]
  })
  return { incident: after, masked }
}

export async function applyReopening(
  step: string,
  options: StoreOptions & { reason: string },
  context: Context,
): Promise<Change> {
  const { folder, incident } = pickIncident(options, context)
  const { text, masked } = await maskSecrets(options.reason, incident.finding, context)
  const after = await change(folder, options, context, current => {
    checkIsOpen(current)
    if (recordOf(current, findStep(current, step).id).state === 'open')
      throw new UserError(`step "${step}" is open`, 'There is nothing to take back.')
    return [{ type: 'reopened', step, reason: text }]
  })
  return { incident: after, masked }
}

export async function applyNote(text: string, options: StoreOptions, context: Context): Promise<Change> {
  const { folder, incident } = pickIncident(options, context)
  const { text: said, file, masked } = await readEvidence(text, folder, incident, context)
  const after = await change(folder, options, context, () => [
    { type: 'note', text: said ?? `file ${file?.name}`, ...(file ? { file } : {}) },
  ])
  return { incident: after, masked }
}

/** @throws UserError while a step, or an incident that began in this one, is open */
export async function applyClose(options: DoneOptions, context: Context): Promise<Change> {
  const { folder, incident } = pickIncident(options, context)
  const children = openChildren(incident, options, context)
  checkClose(incident, children)
  const evidence = await readEvidence(options.evidence, folder, incident, context)
  const doneAt = context.now().toISOString()
  const after = await change(folder, options, context, current => {
    checkClose(current, children)
    return [{ type: 'done', step: 'close', doneAt, ...toBody(evidence) }, { type: 'closed' }]
  })
  return { incident: after, masked: evidence.masked }
}

function openChildren({ children }: Incident, options: StoreOptions, context: Context): string[] {
  const folders = listFolders(options, context).filter(({ id }) => children.includes(id))
  return folders.filter(folder => !loadIncident(folder).isClosed).map(({ id }) => id)
}

async function maskOption(text: string | undefined, { finding }: Incident, context: Context) {
  return text === undefined ? undefined : maskSecrets(text, finding, context)
}

function toBody({ text, file }: Evidence) {
  return { ...(text === undefined ? {} : { evidence: text }), ...(file ? { file } : {}) }
}

/** Decides about the incident as it is when nobody else writes. */
export function change(
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
