import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ExitCode, UserError } from '../../../errors.ts'
import { findRepository, type Repository } from '../../../git/repository.ts'
import { type Incident, recordOf } from '../../../incident/journal/incident.ts'
import { addDuration } from '../../../incident/plan/duration.ts'
import { type EncodedForm, encodedForms } from '../../../incident/purge/encoded-forms.ts'
import { printExpressions } from '../../../incident/purge/expressions.ts'
import { guardScript } from '../../../incident/purge/guard-script.ts'
import { hostTicket, type PurgeFacts, purgeGuide } from '../../../incident/purge/purge-guide.ts'
import { readAll } from '../../../sources/stdin.ts'
import { writeFileAtomically } from '../../../system/write-file-atomically.ts'
import type { Context, GlobalOptions } from '../../context.ts'
import { findProject } from '../../project.ts'
import { writeText } from '../../write-text.ts'
import { DRILL_REPOSITORY } from '../drill.ts'
import { searchProject } from '../find-subject.ts'
import { type IncidentFolder, pickIncident, type StoreOptions } from '../incident-store.ts'
import { type ObjectSearch, searchObjects } from './search-objects.ts'
import { describeHost, traceObjects } from './trace-objects.ts'

export interface PurgeOptions extends StoreOptions, GlobalOptions {
  repository?: string
  /** Read the value from standard input. */
  stdin?: boolean
  verify?: string
  shred?: boolean
}

/**
 * Finds all that holds the value, and writes what the purge takes. With `--verify` it looks through another repository
 * instead, which must not hold it any more: 1 where it does.
 * @throws UserError while the value is not verified dead
 */
export async function planPurge(options: PurgeOptions, context: Context): Promise<number> {
  const { folder, incident } = pickIncident(options, context)
  if (options.shred) return shred(folder, context)
  checkIsDead(incident)
  const own = incident.isDrill ? join(folder.path, DRILL_REPOSITORY) : findProject(context.cwd).root
  const repository = openRepository(
    options.repository === undefined ? own : resolve(context.cwd, options.repository),
  )
  const values = await readValues(incident, repository, options, context)
  const forms = values.flatMap(encodedForms)
  if (options.verify !== undefined)
    return verify(openRepository(resolve(context.cwd, options.verify)), forms, context)
  const search = await searchObjects(repository, forms)
  await writePlan(incident, folder, repository, search, context)
  return ExitCode.clean
}

function checkIsDead(incident: Incident): void {
  if (recordOf(incident, 'verify-dead').state !== 'open') return
  throw new UserError(
    'the value is not verified dead, and a force push shows where to look',
    'Revoke it and prove it: stanch incident done verify-dead; or say why not: stanch incident waive verify-dead --reason TEXT.',
  )
}

function openRepository(path: string): Repository {
  const repository = findRepository(path)
  if (repository) return repository
  throw new UserError(`"${path}" is in no git repository`, 'Name one with --repository.')
}

/** By the incident's fingerprint in the repository; else from standard input. */
async function readValues(
  { finding }: Incident,
  { workTree, gitDir }: Repository,
  { stdin, config }: PurgeOptions,
  context: Context,
): Promise<string[]> {
  if (stdin) {
    const value = (await readAll(context.stdin)).toString('utf8').replace(/\r?\n$/, '')
    if (value.length >= 6) return [value]
    throw new UserError(
      'no value came by standard input',
      'Pipe the value in; it must have 6 characters at least.',
    )
  }
  const root = workTree ?? gitDir
  const found = finding ? await searchProject(finding, root, config, context) : []
  const values = [...new Set(found.map(({ secret }) => secret.reveal()))]
  if (values.length > 0) return values
  throw new UserError(
    'the value of this incident is not found in the repository',
    'Name the repository with --repository, or hand the value in: --stdin < FILE.',
  )
}

async function verify(
  repository: Repository,
  forms: readonly EncodedForm[],
  { stdout }: Context,
): Promise<number> {
  const { objects, unread } = await searchObjects(repository, forms)
  const lines = objects.map(({ id, type, forms: how }) => `${id}  ${type}  ${how.join(', ')}\n`)
  if (unread.length > 0) lines.push(`${unread.length} objects could not be read\n`)
  await writeText(stdout, lines.length ? lines.join('') : 'Nothing in this repository holds the value.\n')
  return lines.length ? ExitCode.findings : ExitCode.clean
}

async function writePlan(
  incident: Incident,
  folder: IncidentFolder,
  repository: Repository,
  search: ObjectSearch,
  context: Context,
): Promise<void> {
  const root = repository.workTree ?? repository.gitDir
  const { isPartial, ...trace } = await traceObjects(root, search)
  const facts: PurgeFacts = {
    repository: root,
    ...trace,
    ...(await describeHost(root)),
    remotes: incident.facts.remotes,
    missingLfs: search.missingLfs,
  }
  const directory = join(folder.path, 'purge')
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const path = (name: string) => join(directory, name)
  const files = { expressions: path('expressions.txt'), blobs: path('blobs.txt'), guard: path('guard.sh') }
  const packed = facts.objects.filter(({ isPacked }) => isPacked).map(({ id }) => `${id}\n`)
  const until = addDuration(context.now(), 'P90D').toISOString().slice(0, 10)
  const guide = purgeGuide(incident, facts, files)
  writeFileAtomically(files.expressions, printExpressions(search.forms.map(({ bytes }) => bytes)), 0o600)
  writeFileAtomically(files.blobs, packed.join(''), 0o600)
  writeFileAtomically(files.guard, guardScript(incident.id, facts.firstCommits, until), 0o700)
  writeFileAtomically(path('ticket.txt'), hostTicket(facts), 0o600)
  writeFileAtomically(path('plan.md'), guide, 0o600)
  await writeText(context.stdout, guide)
  context.stderr.write(
    `stanch: ${folder.shownAs}/purge/expressions.txt holds the value (mode 0600): shred it at the end\n`,
  )
  if (search.unread.length > 0)
    context.stderr.write(`stanch: ${search.unread.length} objects could not be read\n`)
}

/** Overwrites the expression file, then removes it. What a file system keeps of old blocks is out of reach. */
async function shred({ path, shownAs }: IncidentFolder, { stdout }: Context): Promise<number> {
  const file = join(path, 'purge', 'expressions.txt')
  if (!existsSync(file))
    throw new UserError(`there is no ${shownAs}/purge/expressions.txt`, 'Nothing is left to shred.')
  const handle = openSync(file, 'r+')
  try {
    writeSync(handle, randomBytes(statSync(file).size))
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  rmSync(file)
  await writeText(stdout, `${shownAs}/purge/expressions.txt is overwritten and removed.\n`)
  return ExitCode.clean
}
