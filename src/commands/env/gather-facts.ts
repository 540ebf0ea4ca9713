import type { Repository } from '../../git/repository.ts'
import type { EnvFile, HistoricFile, Machine, ProjectFacts } from '../../hygiene/facts.ts'
import { isEnvName } from '../../hygiene/file-names.ts'
import { baseOf } from '../../hygiene/problem.ts'
import { publicityByDigest } from '../../hygiene/publicity.ts'
import type { HygieneRuleName } from '../../hygiene/rules/index.ts'
import { addDates } from './facts/add-dates.ts'
import { readDockerValues } from './facts/docker-values.ts'
import type { EnvReader } from './facts/env-text.ts'
import { readIgnoreFacts } from './facts/ignore-facts.ts'
import { readLastCommit } from './facts/last-commit.ts'
import { listProject, type ProjectListing } from './facts/list-project.ts'
import { commitsWithin, listVersions } from './facts/list-versions.ts'
import { markDefaults, markKeys } from './facts/mark-keys.ts'
import { findInOtherTrees } from './facts/other-trees.ts'
import { readArchives } from './facts/read-archives.ts'
import { readDumps } from './facts/read-dumps.ts'
import { readEnvFile } from './facts/read-env-files.ts'
import { readHistory } from './facts/read-history.ts'
import { readTexts } from './facts/read-texts.ts'
import { findReferencedFiles } from './facts/referenced-files.ts'
import { searchProject } from './facts/search-project.ts'
import { isBundle } from './facts/searchable.ts'
import { indexOfHook, readStagedVersions } from './facts/staged-versions.ts'
import { listSubmodules } from './facts/submodules.ts'

export interface GatherOptions {
  root: string
  repository: Repository | undefined
  reader: EnvReader
  machine: Machine
  env: NodeJS.ProcessEnv
  now: number
  maxAgeDays: number
  /** Whether all commits are compared, however many there are. */
  wholeHistory: boolean
  /** Whether a rule is asked: what only others need is not gathered. */
  wants: (rule: HygieneRuleName) => boolean
}

/** All that the rules want to know of one project. Nothing that the project holds is run, and nothing but the ledger written. */
export async function gatherFacts(options: GatherOptions): Promise<ProjectFacts> {
  const { root, repository, reader, machine, now, maxAgeDays, wants } = options
  const index = repository ? indexOfHook(root, repository, options.env) : {}
  const start = listProject(root, index)
  const versions = startListing(options, start)
  const listing = await start
  const own = [...listing.tracked, ...listing.untracked]
  const all = [...own, ...listing.ignored]
  const texts = readTexts(root, own)
  const files = markKeys(await readFiles(root, listing, texts, reader), now)
  const dated = await addDates(files, options)
  const lastCommit = wants('orphan') ? await readLastCommit(root, repository, files) : undefined
  const submodules = await listSubmodules(root, listing.submodules)
  const paths = { own: files.map(({ path }) => path), inSubmodules: submodules.files }
  const elsewhere = repository && wants('link') ? await findInOtherTrees(repository, root, paths, reader) : []
  const staged = repository
    ? await readStagedVersions(root, repository, [...listing.tracked].filter(isEnvPath), reader, index)
    : []
  const archives = wants('packed') ? await readArchives(root, all, reader) : []
  const nameOf = (digest: string) =>
    files.flatMap(({ keys }) => keys).find(key => key.digest === digest)?.name
  const dumps = wants('packed') ? readDumps(root, all, reader.values, nameOf) : []
  // An env file that is one by reference, not by name, names itself.
  const known = new Set(paths.own)
  const others = [...own, ...submodules.files, ...listing.ignored.filter(isBundle)].filter(
    path => !known.has(path),
  )
  const search = searchProject(root, others, {
    keys: files.flatMap(({ keys }) => keys.map(({ name }) => name)),
    values: reader.values,
    nameOf,
  })
  // By now git has compared the trees of commits.
  const listed = await versions
  const { history, reach } =
    repository && listed
      ? await readHistory(root, repository, listed, reader)
      : { history: [], reach: undefined }
  return {
    files: markDefaults(dated, search.sightings, listing.tracked, texts),
    staged,
    neighbours: [],
    machine,
    now,
    maxAgeDays,
    isRepository: listing.isRepository,
    paths: new Set(all),
    texts,
    dockerValues: readDockerValues(texts, reader),
    uses: search.uses,
    searched: submodules.isWhole,
    loaders: search.loaders,
    ...(lastCommit === undefined ? {} : { lastCommit }),
    sightings: [...search.sightings, ...elsewhere, ...archives, ...dumps],
    served: [],
    history: markPublic(
      root,
      history,
      others.filter(path => listing.tracked.has(path)),
      reader,
    ),
    ...(reach === undefined ? {} : { historyReach: reach }),
    home: [],
  }
}

/** What stands in the project's tracked files as well is no secret of an earlier version. */
function markPublic(
  root: string,
  history: readonly HistoricFile[],
  tracked: readonly string[],
  { past: values }: EnvReader,
): readonly HistoricFile[] {
  if (values.size === 0) return history
  const { sightings } = searchProject(root, tracked, { keys: [], values, nameOf: digest => digest })
  const publicity = publicityByDigest(sightings)
  return history.map(version => ({
    ...version,
    keys: version.keys.map(key => {
      const count = publicity.get(key.digest)
      return count === undefined ? key : { ...key, publicity: count }
    }),
  }))
}

const isEnvPath = (path: string) => isEnvName(baseOf(path))

/** Git compares trees while the project is read. */
function startListing(
  { root, repository, wholeHistory, wants }: GatherOptions,
  listing: Promise<ProjectListing>,
) {
  if (!repository || !wants('in-history')) return undefined
  const most = listing.then(({ tracked }) => (wholeHistory ? Infinity : commitsWithin(tracked.size)))
  const versions = listVersions(root, repository, most)
  // It is awaited later; until then a failure is nobody's.
  versions.catch(() => {})
  return versions
}

async function readFiles(
  root: string,
  listing: ProjectListing,
  texts: ReadonlyMap<string, string>,
  reader: EnvReader,
): Promise<EnvFile[]> {
  const all = [...listing.tracked, ...listing.untracked, ...listing.ignored]
  const known = new Set(all)
  const named = all.filter(isEnvPath)
  const paths = [...new Set([...named, ...findReferencedFiles(texts, path => known.has(path))])].sort()
  const ignores = listing.isRepository ? await readIgnoreFacts(root, paths) : new Map()
  return paths.flatMap(path => {
    const ignore = ignores.get(path) ?? { ignored: 'no' }
    return readEnvFile(root, { path, tracked: listing.tracked.has(path), ignore }, reader) ?? []
  })
}
