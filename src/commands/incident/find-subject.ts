import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../../errors.ts'
import type { Honeytoken, IncidentData } from '../../incident/data/incident-data.ts'
import type { ExposureFacts, Finding } from '../../incident/journal/entry.ts'
import type { Place, Finding as ScannedFinding, Severity } from '../../model.ts'
import { printable } from '../../reporters/printable.ts'
import type { Context } from '../context.ts'
import { loadSettings } from '../load-settings.ts'
import { findProject } from '../project.ts'
import { readIfThere } from '../read-if-there.ts'
import type { ReportedFinding } from '../read-report.ts'
import { completeRequest } from '../scan/complete-request.ts'
import { runScan } from '../scan/run-scan.ts'
import { collectFacts, findTraps } from './collect-facts.ts'
import { findCredential, type KnownCredential } from './find-response.ts'
import { readFinding, readPlaces } from './read-finding.ts'

export interface SubjectOptions {
  finding?: string
  /** More reports that may have seen it. */
  seen?: string[]
  provider?: string
  rule?: string
  /** Whether to look for the secret in the repository. */
  history: boolean
  config?: string
}

/** What an incident is about. */
export interface IncidentSubject {
  credential: KnownCredential
  severity: Severity
  finding?: Finding
  facts: ExposureFacts
}

/** @throws UserError for a finding, rule or provider that does not exist */
export async function findSubject(
  options: SubjectOptions,
  data: IncidentData,
  context: Context,
): Promise<IncidentSubject> {
  if (options.finding === undefined) {
    if (options.seen) throw new UserError('--seen looks for a finding', 'Name it with --finding.')
    return describeKind(options)
  }
  const project = findProject(context.cwd)
  const wanted = await readFinding(options.finding, context)
  const fingerprint = 'finding' in wanted ? wanted.finding.fingerprint : wanted.fingerprint
  const known = 'finding' in wanted ? wanted.finding.places : []
  const seen = [...known, ...(await readPlaces(options.seen ?? [], fingerprint, context))]
  const scanned =
    'finding' in wanted && !options.history
      ? []
      : await searchProject({ fingerprint }, project.root, options.config, context, searchFor(known))
  const reported = 'finding' in wanted ? wanted.finding : toReported(scanned, fingerprint)
  const places = [...new Map([...seen, ...scanned.flatMap(finding => finding.places)].map(toKeyed)).values()]
  const traps = findTraps({ ...reported, ...scanned[0] }, [
    ...data.honeytokens,
    ...readOwnTraps(project.root),
  ])
  const credential = findCredential(
    options.provider ?? providerOf(reported),
    options.rule ?? ruleOf(reported),
  )
  return {
    credential,
    severity: reported.severity,
    finding: {
      fingerprint,
      rule: reported.rule,
      description: printable(reported.description || reported.rule),
      masked: printable(reported.masked),
    },
    facts: await collectFacts(places, project.repository ? project.root : undefined, traps),
  }
}

/** What a report has not looked through. Places of the history stand only in one about all of it. */
function searchFor(known: readonly Place[]): Search {
  const kinds = new Set(known.map(({ kind }) => kind))
  return {
    files: !kinds.has('file') || !kinds.has('commit'),
    history: !kinds.has('commit') && !kinds.has('object') && !kinds.has('message'),
  }
}

async function describeKind(options: SubjectOptions): Promise<IncidentSubject> {
  const credential = findCredential(options.provider, options.rule)
  return { credential, severity: credential.severity, facts: await collectFacts([], undefined, []) }
}

interface Search {
  files: boolean
  history: boolean
}

const everywhere: Search = { files: true, history: true }

/**
 * The secret in the history and the working tree of a project.
 * @param wanted.rule the only rule to look with, where one place is enough
 */
export async function searchProject(
  wanted: { fingerprint: string; rule?: string },
  root: string,
  config: string | undefined,
  context: Context,
  where = everywhere,
): Promise<ScannedFinding[]> {
  const all = await searchAll(root, config, context, wanted.rule, where)
  return all.filter(({ fingerprint }) => fingerprint === wanted.fingerprint)
}

/** All secrets there; no suppression hides one. */
export async function searchAll(
  root: string,
  config: string | undefined,
  context: Context,
  rule?: string,
  where = everywhere,
): Promise<ScannedFinding[]> {
  const project = findProject(root)
  const settings = await loadSettings(project, { ...context, cwd: root, config })
  const given = { ...everything, ...(rule === undefined ? {} : { only: [rule] }) }
  const { repository } = project
  const isBare = repository !== undefined && repository.workTree === undefined
  const sources = [
    ...(isBare || !where.files ? [] : [{}]),
    ...(repository && where.history ? [{ history: true }] : []),
  ]
  const found: ScannedFinding[] = []
  for (const source of sources) {
    const request = completeRequest({ ...given, ...source }, settings, root)
    found.push(...(await runScan(request, { ...context, cwd: root })).findings)
  }
  return found
}

/** No suppression hides a secret, no ignore file a place. */
const everything = { paths: ['.'], all: true, baseline: false, ignoreFile: false, ignore: false } as const

function toReported([first, ...rest]: readonly ScannedFinding[], fingerprint: string): ReportedFinding {
  if (!first)
    throw new UserError(
      `no finding ${fingerprint} is in this project`,
      'Run "stanch scan --history" to see what is there, or hand in a report with --finding FILE.',
    )
  const places = [...first.places, ...rest.flatMap(finding => finding.places)]
  return { ...first, masked: first.secret.masked, places }
}

/** The same place told by a report and by a scan is one. */
function toKeyed(place: Place): [string, Place] {
  return [JSON.stringify(place), place]
}

/** Rules of users have a provider of their own, of which nothing is known. */
function providerOf({ provider, rule }: ReportedFinding): string {
  if (/^(?:generic|custom)$/.test(provider))
    return rule.includes('jwt') ? 'jwt' : /private-key/.test(rule) ? 'private-key' : 'generic'
  return provider
}

function ruleOf({ provider, rule }: ReportedFinding): string | undefined {
  return /^(?:generic|custom)$/.test(provider) ? undefined : rule
}

const OWN_TRAPS = '.stanch/honeytokens'

/** A line a trap: a fingerprint, `aws-account:ID` or `host:NAME`, then `# note`. */
function readOwnTraps(root: string): Honeytoken[] {
  const path = join(root, OWN_TRAPS)
  const text = existsSync(path) ? (readIfThere(path) ?? '') : ''
  return text.split('\n').flatMap((line, i) => {
    const [entry = '', note = ''] = line.split('#').map(part => part.trim())
    if (entry === '') return []
    const [, kind, value] = /^(?:(aws-account|host):)?(\S+)$/.exec(entry) ?? []
    if (value === undefined)
      throw new UserError(
        `${OWN_TRAPS}:${i + 1}: "${entry}" is no trap`,
        'Write a fingerprint, aws-account:ID or host:NAME.',
      )
    const known = kind === 'aws-account' || kind === 'host' ? kind : 'fingerprint'
    return [{ kind: known, value, note: note || 'one of your own.' } as const]
  })
}
