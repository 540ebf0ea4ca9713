import { groupBy } from '../../group-by.ts'
import { doubtAboutSecret, doubtMost, isFormed } from '../doubt.ts'
import type { HistoricFile, KeyFact, ProjectFacts } from '../facts.ts'
import { isTemplateName, stageOf } from '../file-names.ts'
import {
  baseOf,
  browserSecretsOf,
  type HygieneRule,
  isForTests,
  isOwn,
  isProviders,
  listNames,
  secretsOf,
  sharedKeysOf,
} from '../problem.ts'
import { type Telling, tellOnce } from '../tell-once.ts'

export const inHistory: HygieneRule = {
  severity: 'critical',
  summary: 'a secret of an env file is in the history',
  check: project => {
    const values = {
      inUse: keysInUse(project),
      handedOut: digestsHandedOut(project),
      handedOutSince: firstHandedOut(project),
    }
    const told = group(project.history).flatMap(versions => check(versions, project, values) ?? [])
    // The same secrets at several paths: the file was moved, copied or split.
    return tellOnce(told, paths => `; also as ${listNames(paths)}`)
  },
}

/** By digest. */
interface KnownValues {
  inUse: ReadonlyMap<string, KeyFact>
  handedOut: ReadonlySet<string>
  /** When a template or a file for tests first had a value, ISO 8601. */
  handedOutSince: ReadonlyMap<string, string>
}

/** One problem a path, told at the first commit that has the secrets. */
function check(
  versions: readonly HistoricFile[],
  project: ProjectFacts,
  values: KnownValues,
): Telling | undefined {
  const [{ path } = { path: '' }] = versions
  const { inUse } = values
  const isOnPurpose = isOfDefaults(path, project) || wasKept(versions) || wasTakenOut(versions)
  const isOwnDefault = isOnPurpose ? isOwn : () => false
  const secrets = versions
    .flatMap(version => secretsIn(version, values))
    .filter(key => inUse.has(key.digest) || !isOwnDefault(key))
  const current = secrets.filter(({ digest }) => inUse.has(digest))
  const shown = current.length ? current : secrets
  const digests = new Set(shown.map(({ digest }) => digest))
  const since = versions.find(({ keys }) => keys.some(({ digest }) => digests.has(digest)))
  if (!since || isToldAlready(path, shown, project)) return undefined
  const when = `committed in ${since.commit.slice(0, 10)} (${since.date.slice(0, 10)})`
  const names = listNames(shown.map(({ name }) => name))
  const isCurrent = current.length > 0
  return {
    digests,
    found: {
      path,
      key: shown[0]?.name ?? '',
      severity: isCurrent ? 'critical' : 'medium',
      ...doubtMost(shown, key => doubtAboutPast(key, versions, values)),
      message: `${when}, with secrets ${isCurrent ? 'that are still in use' : 'in clear'}: ${names}`,
      fix: isCurrent
        ? 'Replace the secrets first; then think about purging the history (`stanch incident start`).'
        : 'Make sure that these secrets were replaced: everybody with a clone has them.',
    },
  }
}

/** A value without a provider's form was a secret where it came into git by mistake, and not where everybody was meant to have it. */
function doubtAboutPast(
  key: KeyFact,
  versions: readonly HistoricFile[],
  { inUse, handedOutSince }: KnownValues,
): string | undefined {
  if (isFormed(key)) return undefined
  const [{ path, isIgnored } = { path: '' }] = versions
  const { publicity = 0 } = inUse.get(key.digest) ?? key
  const file = { path, stage: stageOf(path) }
  const about = doubtAboutSecret({ ...key, publicity }, file)
  if (about !== undefined || inUse.has(key.digest)) return about
  const { mode, maker, server } = key.classification
  if (mode === 'test') return 'it works on test data only'
  if (publicity > 0) return 'a tracked file has it, so that everybody was meant to have it'
  if (handedOutSince.has(key.digest)) return 'a template or a file for tests had it, too'
  if (server === 'here') return "it opened a server of a developer's machine"
  if (maker === 'hand' && server !== 'elsewhere') return 'somebody made it up'
  if (file.stage === 'development' || (isOwn(key) && key.isForDevelopment))
    return 'the file was for development'
  const isDeployed = server === 'elsewhere' || file.stage === 'production'
  if (versions.length >= MANY_VERSIONS && isIgnored !== true && !isDeployed)
    return 'git kept the file through many changes, as one that everybody needs'
  return doubtAboutSecret(key, { ...file, tracked: true })
}

/** Symfony's `.env`: its keys are there for everybody, and were when they had other values. */
function isOfDefaults(path: string, { files }: ProjectFacts): boolean {
  return files.some(file => file.path === path && file.tracked && sharedKeysOf(file).length > 0)
}

/** Versions of a file that did not get into git by mistake. */
const MANY_VERSIONS = 4

/** Kept in git through many changes, for servers of the developer's machine: its own keys were there for all developers. */
function wasKept(versions: readonly HistoricFile[]): boolean {
  const servers = versions.flatMap(({ keys }) => keys.flatMap(key => key.classification.server ?? []))
  return versions.length >= MANY_VERSIONS && servers.length > 0 && !servers.includes('elsewhere')
}

/** Deleted with what it belonged to, not taken back: after a mishap an ignore rule names the file. */
function wasTakenOut(versions: readonly HistoricFile[]): boolean {
  return versions.every(({ isIgnored }) => isIgnored === false)
}

/** Templates and what tests use hold values that were made up, unless they look otherwise. */
function secretsIn({ path, date, keys }: HistoricFile, { inUse, handedOut, handedOutSince }: KnownValues) {
  const isTemplate = isTemplateName(baseOf(path))
  const file = {
    path,
    kind: isTemplate ? ('template' as const) : ('plain' as const),
    stage: stageOf(path),
    keys: keys.map(key => ({
      ...key,
      line: 0,
      isDocumented: handedOut.has(key.digest) || isOlderInTemplate(key.digest, date, handedOutSince),
    })),
  }
  const secrets = allSecretsOf(file).filter(
    key => !isOfTests(key) && !(isOlderInTemplate(key.digest, date, handedOutSince) && !isProviders(key)),
  )
  return isTemplate ? secrets.filter(key => isProviders(key) || inUse.has(key.digest)) : secrets
}

/** What has a name for browsers was public; a provider's key is worth a word all the same. */
function allSecretsOf(file: Parameters<typeof secretsOf>[0]): KeyFact[] {
  return [...secretsOf(file), ...browserSecretsOf(file).filter(isProviders)]
}

/** The file was made of the template, not the other way round. */
function isOlderInTemplate(digest: string, date: string, since: ReadonlyMap<string, string>): boolean {
  return (since.get(digest) ?? date) < date
}

/** What a project's own tests call something with, by its name; of a provider's test mode it would be worth a word. */
function isOfTests({ classification: { mode, provider } }: Pick<KeyFact, 'classification'>): boolean {
  return mode === 'test' && provider === 'generic'
}

/** Tracked files with these secrets are other rules', wherever they lie by now, and so are templates. */
function isToldAlready(path: string, shown: readonly { digest: string }[], { files }: ProjectFacts): boolean {
  const tracked = files.filter(file => file.tracked)
  const told = new Set(
    tracked
      .flatMap(file => (file.path === path || file.kind === 'template' ? file.keys : allSecretsOf(file)))
      .map(({ digest }) => digest),
  )
  return shown.every(({ digest }) => told.has(digest))
}

function keysInUse({ files }: ProjectFacts): Map<string, KeyFact> {
  return new Map(
    files
      .filter(({ kind }) => kind === 'plain')
      .flatMap(file => allSecretsOf(file).map(key => [key.digest, key] as const)),
  )
}

/** By templates, or as keys that a tracked file gives everybody. */
function digestsHandedOut({ files }: ProjectFacts): Set<string> {
  return new Set(
    files
      .flatMap(file => (file.kind === 'template' ? file.keys : file.tracked ? sharedKeysOf(file) : []))
      .map(({ digest }) => digest),
  )
}

/** What was moved into a template was real before. */
function firstHandedOut({ history }: ProjectFacts): Map<string, string> {
  const first = new Map<string, string>()
  for (const { path, date, keys } of history) {
    if (!isTemplateName(baseOf(path)) && !isForTests({ path, stage: stageOf(path) })) continue
    for (const { digest } of keys) if (date < (first.get(digest) ?? '~')) first.set(digest, date)
  }
  return first
}

function group(history: readonly HistoricFile[]): HistoricFile[][] {
  const oldestFirst = [...history].sort((a, b) => (a.date < b.date ? -1 : 1))
  return [...groupBy(oldestFirst, ({ path }) => path).values()]
}
