/** Incidents as folders of a project: which there are, and which one is meant. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { UserError } from '../../errors.ts'
import type { EntryBody } from '../../incident/journal/entry.ts'
import { type Incident, readIncident } from '../../incident/journal/incident.ts'
import type { Context } from '../context.ts'
import { findProject } from '../project.ts'
import { type Author, addToJournal, JOURNAL, readJournal } from './journal-file.ts'

export interface StoreOptions {
  /** Where incidents lie; by default `.stanch/incidents` in the project's root. */
  dir?: string
  /** Which one is meant. */
  incident?: string
  by?: string
}

export interface IncidentFolder {
  id: string
  path: string
  /** As people know it. */
  shownAs: string
}

export function incidentsDirectory({ dir }: StoreOptions, cwd: string): string {
  return dir === undefined ? join(findProject(cwd).root, '.stanch', 'incidents') : resolve(cwd, dir)
}

export function listFolders(options: StoreOptions, { cwd }: Pick<Context, 'cwd'>): IncidentFolder[] {
  const base = incidentsDirectory(options, cwd)
  if (!existsSync(base)) return []
  return readdirSync(base)
    .filter(id => existsSync(join(base, id, JOURNAL)))
    .sort()
    .map(id => describeFolder(base, id, cwd))
}

function describeFolder(base: string, id: string, cwd: string): IncidentFolder {
  const path = join(base, id)
  const inside = relative(cwd, path)
  return { id, path, shownAs: inside.startsWith('..') ? path : inside }
}

/** @throws UserError for a journal that was changed, or that opens no incident */
export function loadIncident({ path, shownAs }: IncidentFolder): Incident {
  const incident = readIncident(readJournal(path, shownAs).entries)
  if (incident) return incident
  throw new UserError(
    `${join(shownAs, JOURNAL)} opens no incident`,
    'Start one with "stanch incident start".',
  )
}

/** One whose journal was changed or is none. */
export interface BrokenFolder {
  folder: IncidentFolder
  problem: string
}

/** One journal that was tampered with does not hide the others. */
export function loadOrTell(
  folder: IncidentFolder,
): { folder: IncidentFolder; incident: Incident } | BrokenFolder {
  try {
    return { folder, incident: loadIncident(folder) }
  } catch (error) {
    if (error instanceof UserError) return { folder, problem: error.message }
    throw error
  }
}

/**
 * The incident that `--incident` names, in full or by a part that no other has; without it the only open one among those
 * that can be read, with a warning about the others.
 * @throws UserError that lists those it could be
 */
export function pickIncident(
  options: StoreOptions,
  context: Pick<Context, 'cwd' | 'stderr'>,
): { folder: IncidentFolder; incident: Incident } {
  const folders = listFolders(options, context)
  const { incident: wanted } = options
  if (wanted === undefined) return pickOpen(folders, context)
  const exact = folders.find(({ id }) => id === wanted)
  const near = folders.filter(({ id }) => id.includes(wanted))
  const folder = exact ?? (near.length === 1 ? near[0] : undefined)
  if (folder) return { folder, incident: loadIncident(folder) }
  const known = (near.length ? near : folders).map(({ id }) => id)
  throw new UserError(
    near.length ? `"${wanted}" could be several incidents` : `there is no incident "${wanted}"`,
    known.length ? `There are: ${known.join(', ')}.` : 'Start one with "stanch incident start".',
  )
}

function pickOpen(folders: readonly IncidentFolder[], { stderr }: Pick<Context, 'stderr'>) {
  const loaded = folders.map(loadOrTell)
  const broken = loaded.flatMap(each => ('problem' in each ? [each] : []))
  const all = loaded.flatMap(each => ('problem' in each ? [] : [each]))
  const open = all.filter(({ incident }) => !incident.isClosed)
  const [only] = open
  if (only && open.length === 1) {
    for (const { problem } of broken) stderr.write(`stanch: passed by: ${problem}\n`)
    return only
  }
  if (open.length > 1)
    throw new UserError(`${open.length} incidents are open`, `Name one with --incident: ${idsOf(open)}.`)
  const [first] = broken
  if (first)
    throw new UserError(
      `no incident that can be read is open: ${first.problem}`,
      'See "stanch incident list".',
    )
  throw new UserError(
    'no incident is open',
    all.length
      ? `Name a closed one with --incident: ${idsOf(all)}.`
      : 'Start one with "stanch incident start".',
  )
}

function idsOf(incidents: readonly { folder: IncidentFolder }[]): string {
  return incidents.map(({ folder }) => folder.id).join(', ')
}

/** Makes a folder that nobody else has, and the journal's first entry in it. */
export async function createIncident(
  options: StoreOptions,
  context: Pick<Context, 'cwd'>,
  author: Author,
  name: string,
  open: (id: string) => EntryBody,
): Promise<{ folder: IncidentFolder; incident: Incident }> {
  const base = incidentsDirectory(options, context.cwd)
  makeBase(base, options.dir === undefined)
  const folder = describeFolder(base, claimName(base, name), context.cwd)
  const incident = await addToJournal(folder.path, folder.shownAs, author, () => [open(folder.id)])
  return { folder, incident }
}

export function makeBase(base: string, isOurs: boolean): void {
  try {
    mkdirSync(base, { recursive: true, ...(isOurs ? { mode: 0o700 } : {}) })
    const ignore = join(base, '.gitignore')
    if (isOurs && !existsSync(ignore)) writeFileSync(ignore, '*\n')
  } catch (error) {
    throw new UserError(`cannot make the folder "${base}"`, 'Name another one with --dir.', { cause: error })
  }
}

/** Two people who start at the same time get two folders. */
function claimName(base: string, name: string): string {
  for (let number = 1; ; number++) {
    const id = number === 1 ? name : `${name}-${number}`
    try {
      mkdirSync(join(base, id), { mode: 0o770 })
      return id
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
  }
}

/** Who writes: `--by`, else the account's name. */
export function authorOf({ by }: StoreOptions, { env, now }: Pick<Context, 'env' | 'now'>): Author {
  return { by: by || env.USER || env.LOGNAME || env.USERNAME || accountName(), now }
}

function accountName(): string {
  try {
    return userInfo().username
  } catch {
    // An account of a container may have no name.
    return 'unknown'
  }
}
