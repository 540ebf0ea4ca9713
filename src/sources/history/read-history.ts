/** Reads every object of a history: what may hold a match, and how commits, trees and files hang together. */
import { randomBytes } from 'node:crypto'
import type { ArchiveLimits } from '../../archive/limits.ts'
import type { CoverageTally } from '../../coverage.ts'
import { Catalog, type CatalogData } from '../../git/catalog.ts'
import { buildCommitGraph } from '../../git/commit-graph.ts'
import { packTypes } from '../../git/git-object.ts'
import { hashBytes, type ObjectId } from '../../git/object-id.ts'
import { ObjectStore } from '../../git/object-store.ts'
import { planJobs } from '../../git/plan-jobs.ts'
import { listRefs } from '../../git/refs.ts'
import type { Repository } from '../../git/repository.ts'
import { selectOnce } from '../../git/select-objects.ts'
import { TreeGraph } from '../../git/tree-graph.ts'
import type { Content } from '../../model.ts'
import type { FoundMatch } from './blob-scans.ts'
import { findReachable, type HistoryGraph } from './history-graph.ts'
import { HistoryObjects } from './history-objects.ts'
import { HistoryThread } from './history-thread.ts'
import type { RunHistoryWork } from './history-work.ts'
import { listNamed, type NameFindings, searchNames } from './name-findings.ts'
import type { ThreadProbe } from './probe.ts'
import { noteProblems } from './problems.ts'
import type { BlobUnit, createBlobReader } from './read-blob.ts'
import { lookAgain, searchRest, searchTexts } from './search-objects.ts'
import { type EarlierScan, selectNew } from './select-new.ts'

/** What a scan of a history is asked for, and its means. */
export interface HistoryScan<Found extends FoundMatch> {
  repository: Repository
  /** The compiled assembly of src/git. */
  gitModule: WebAssembly.Module
  probe: ThreadProbe
  /** Looks after what other threads ask this one for. */
  attend?: () => void
  scan: (content: Content) => Found[]
  /** Searches blobs on all threads; this one reads them with `read`. */
  scanBlobs: (units: readonly BlobUnit[], read: ReturnType<typeof createBlobReader>) => Promise<Found[]>
  /** @param shared what other threads are told */
  createThreads: (shared: { catalog: CatalogData; key: bigint }) => RunHistoryWork
  coverage: CoverageTally
  maxFileSize: number
  archives: ArchiveLimits
  isWanted: (path: string) => boolean
  /** Report only what is in these commits; undefined for everything. */
  commits?: ReadonlySet<ObjectId> | undefined
  /** Leave out what neither a ref nor a reflog leads to. */
  reachableOnly?: boolean | undefined
  /** Read and report only what has come since then. */
  earlier?: EarlierScan | undefined
}

/** A history whose objects were read, and what was seen in them. */
export interface ReadHistory<Found extends FoundMatch> {
  store: ObjectStore
  catalog: Catalog
  graph: HistoryGraph
  /** Objects that may hold a match. */
  wanted: ReadonlySet<number>
  names: NameFindings<Found>
  missing: ReadonlySet<string>
  /** Whether an earlier scan has not reported the object. */
  isNew: (number: number) => boolean
  typeOf: (number: number) => string | undefined
  /** Of the hashes of names. */
  key: bigint
}

/** The store is left open. */
export async function readHistory<Found extends FoundMatch>(
  options: HistoryScan<Found>,
): Promise<ReadHistory<Found>> {
  const { repository, coverage, scan } = options
  const { hash } = repository
  // Before the objects, as what is committed meanwhile is no loss.
  const refs = listRefs(repository)
  const store = new ObjectStore(repository)
  const catalog = Catalog.of(store)
  const once = selectOnce(catalog)
  const news = options.earlier && selectNew(catalog, options.earlier, once)
  const isNew = (number: number) => news?.known[number] !== 1
  const key = randomBytes(8).readBigUInt64LE()
  const thread = new HistoryThread(catalog, options.probe, {
    ...{ wasm: options.gitModule, store, key },
    attend: options.attend,
  })
  const run = options.createThreads({ catalog: catalog.data, key })

  const textJobs = planJobs(catalog, ['blob', 'commit', 'tag'])
  const texts = await searchTexts(
    {
      kind: 'text',
      jobs: textJobs,
      ...{ hash, maxFileSize: options.maxFileSize, select: news?.select ?? once, known: news?.known },
    },
    { thread, run, coverage },
  )
  const wanted = new Set([...texts.texts, ...texts.opaque].filter(isNew))

  const treeJobs = planJobs(catalog, ['tree'])
  const readTrees = (again?: ReturnType<typeof lookAgain>) =>
    searchRest(
      { kind: 'rest', texts: again, jobs: treeJobs, select: once, wanted: Uint32Array.from(wanted) },
      { thread, run, coverage },
    )
  let trees = await readTrees(lookAgain(texts, textJobs, thread))
  for (const number of trees.empty) wanted.delete(number)
  coverage.add(trees.coverage)
  const objects = new HistoryObjects(store, catalog, id => thread.trees.lists.numberOf(id))
  const held = (options.earlier?.holders ?? []).map(id => objects.numberOf(id)).filter(number => number >= 0)
  for (const number of held) wanted.add(number)
  const names = searchNames(trees.holders, objects, scan)
  if (names.size > 0 || held.length > 0) {
    for (const number of listNamed(trees.holders, objects, names)) wanted.add(number)
    trees = await readTrees()
  }

  const missing = new Set(trees.missing)
  const commits = buildCommitGraph(
    texts.commits,
    hashBytes[hash],
    id => thread.trees.lists.numberOf(id),
    id => missing.add(Buffer.from(id).toString('hex')),
  )
  for (const { id } of refs) if (objects.numberOf(id) < 0) missing.add(id)
  const failed = [...texts.failed, ...trees.failed]
  for (const number of noteProblems({ store, catalog, missing, failed }, coverage)) wanted.add(number)
  const flags = new Uint8Array(catalog.count)
  for (const number of wanted) flags[number] = 1
  const graph: HistoryGraph = {
    commits,
    trees: new TreeGraph(catalog.count, flags, trees.links),
    objects,
    ...findReachable(repository, commits, objects),
  }
  return { store, catalog, graph, wanted, names, missing, isNew, typeOf, key }

  function typeOf(number: number): string | undefined {
    const pack = catalog.packs.findLast(({ first, plan }) => first <= number && number < first + plan.count)
    const type = pack && packTypes[pack.plan.types[number - pack.first]!]
    return type ?? objects.typeOf(catalog.idOf(number))
  }
}
