import { groupBy } from '../../group-by.ts'
import { type Doubt, doubtAboutSecret, doubtAll, inGitAnyway, isFormed } from '../doubt.ts'
import type { EnvFile, KeyFact, ProjectFacts, Sighting } from '../facts.ts'
import { exposedFiles, type Found, type HygieneRule, isProviders, listNames, secretsOf } from '../problem.ts'

interface Holder {
  file: EnvFile
  key: KeyFact
}

export const duplicateValue: HygieneRule = {
  severity: 'medium',
  summary: 'one secret under several names or in several files',
  check: project => [...checkFiles(project), ...checkCode(project), ...checkVaults(project)],
}

/** One problem for all that the same files have in common under the same names. */
function checkFiles({ files, neighbours }: ProjectFacts): Found[] {
  const own = new Set(files)
  const shared = [...groupByDigest(exposedFiles({ files: [...files, ...neighbours] })).values()].filter(
    holders =>
      holders.length > 1 &&
      holders.some(({ file }) => own.has(file)) &&
      !isAlias(holders) &&
      !isTracked(holders),
  )
  const groups = groupBy(shared, holders =>
    isOneName(holders)
      ? JSON.stringify(holders.map(({ file }) => file.path))
      : (holders[0]?.key.digest ?? ''),
  )
  return [...groups.values()].map(group =>
    group.length > 1 ? describeSeveral(group.flat()) : describe(group.flat()),
  )
}

/** Hosts of databases name one login for several programs: `DATABASE_URL`, `DIRECT_URL`. */
function isAlias([first, ...others]: readonly Holder[]): boolean {
  return (
    others.every(({ file }) => file === first?.file) && /url/i.test(first?.key.classification.reason ?? '')
  )
}

/** In several files, all of which git gives everybody; `tracked` tells of them. */
function isTracked(holders: readonly Holder[]): boolean {
  return holders.every(({ file }) => file.tracked) && new Set(holders.map(({ file }) => file)).size > 1
}

function isOneName(holders: readonly Holder[]): boolean {
  return holders.every(({ key }) => key.name === holders[0]?.key.name)
}

interface Copied {
  holder: Holder
  places: Sighting[]
}

/** Values that the project's code or configuration holds as well; one problem for all that stand in the same files. */
function checkCode({ files, sightings }: ProjectFacts): Found[] {
  const inCode = sightings.filter(({ kind }) => kind === 'code')
  const copied = [...groupByDigest(exposedFiles({ files })).entries()].flatMap(([digest, [holder]]) => {
    const places = inCode.filter(sighting => sighting.digest === digest)
    return holder && places.length ? [{ holder, places }] : []
  })
  const groups = groupBy(copied, ({ holder, places }) =>
    JSON.stringify([holder.file.path, ...new Set(places.map(({ path }) => path))]),
  )
  return [...groups.values()].flatMap(describeCopied)
}

function describeCopied([first, ...others]: readonly Copied[]): Found[] {
  if (!first) return []
  const { holder, places } = first
  const names = listNames([first, ...others].map(one => one.holder.key.name))
  const where = listNames(places.map(({ path, line }) => (others.length ? path : `${path}:${line}`)))
  return [
    {
      ...placeOf(holder),
      severity: 'medium',
      ...doubtAll([first, ...others], doubtCopied),
      message: others.length
        ? `${names} have the same values as ${where}`
        : `${names} has the same value as ${where}`,
      fix: 'Read the variable there instead, and replace the secret: code is committed.',
    },
  ]
}

/** Configuration of a server beside it has to name a value of the project's own; a provider's is somebody's. */
function doubtCopied({ holder: { file, key } }: Copied): string | undefined {
  if (file.tracked && !isFormed(key)) return 'git has both, so that it has to be replaced anyway'
  return doubtAboutSecret(key, file)
}

/** A value that lies in a vault needs no copy in clear. */
function checkVaults({ files, sightings }: ProjectFacts): Found[] {
  const inVaults = sightings.filter(({ kind }) => kind === 'vault')
  return [...groupByDigest(exposedFiles({ files })).entries()].flatMap(([digest, holders]) => {
    const places = inVaults
      .filter(sighting => sighting.digest === digest)
      .map(({ path, key }) => `${key} in ${path}`)
    if (places.length === 0) return []
    return holders.map(({ file, key: { name, line } }) => ({
      path: file.path,
      line,
      key: name,
      severity: 'medium' as const,
      message: `${name} has the same value as ${listNames(places)}`,
      fix: 'Take it from the vault (`stanch run`, with a template by `stanch template from`) and delete it here.',
    }))
  })
}

/** A key given twice in one file is another rule's matter, and so is a copy of a file. */
function groupByDigest(files: readonly EnvFile[]): Map<string, Holder[]> {
  const groups = new Map<string, Holder[]>()
  for (const file of files.filter(({ isCopy }) => !isCopy)) {
    for (const key of secretsOf(file)) {
      const group = groups.get(key.digest) ?? []
      const isRepeated = group.some(holder => holder.file === file && holder.key.name === key.name)
      if (!isRepeated) groups.set(key.digest, [...group, { file, key }])
    }
  }
  return groups
}

function describe(holders: readonly Holder[]): Found {
  const [first, ...others] = holders as [Holder, ...Holder[]]
  const isOneFile = others.every(({ file }) => file === first.file)
  const places = others.map(({ file, key }) => (isOneFile ? key.name : `${key.name} in ${file.path}`))
  return {
    ...placeOf(first),
    severity: isOneFile ? 'low' : 'medium',
    ...(isOneFile ? doubtNames(holders) : doubtHolders(holders)),
    message: `${first.key.name} has the same value as ${listNames(places)}`,
    fix: isOneFile ? 'Keep it under one name, or refer to it, so that it is replaced once.' : ofItsOwn,
  }
}

function describeSeveral(holders: readonly Holder[]): Found {
  const [first, ...others] = holders as [Holder, ...Holder[]]
  const places = others.map(({ file }) => file.path).filter(path => path !== first.file.path)
  return {
    ...placeOf(first),
    severity: 'medium',
    ...doubtHolders(holders),
    message: `${listNames(holders.map(({ key }) => key.name))} have the same values in ${listNames(places)}`,
    fix: ofItsOwn,
  }
}

function doubtHolders(holders: readonly Holder[]): Doubt {
  if (holders.some(({ file }) => file.tracked)) return inGitAnyway
  return doubtAll(holders, ({ file, key }) => doubtAboutSecret(key, file))
}

/** `POSTGRES_PASSWORD` and `DB_PASSWORD` are one login under the names that two programs want, and a provider's key is one for all. */
function doubtNames(holders: readonly Holder[]): Doubt {
  const ends = new Set(holders.map(({ key }) => key.name.split('_').at(-1)))
  if (ends.size === 1 || holders.every(({ key }) => isProviders(key)))
    return { doubt: 'two programs may want it under their own names' }
  return doubtAll(holders, ({ file, key }) => doubtAboutSecret(key, file))
}

const ofItsOwn = 'Give each place its own secret, or keep it in a vault, so that it is replaced once.'

function placeOf({ file, key }: Holder): Pick<Found, 'path' | 'line' | 'key'> {
  return { path: file.path, line: key.line, key: key.name }
}
