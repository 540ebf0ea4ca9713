/** Finds out where what was found belongs: the commits that brought it, the paths, or that nothing leads to it. */
import { findPath, listChanges, type PathChange } from '../../git/list-changes.ts'
import type { TreeEntry } from '../../git/read-tree.ts'
import type { Origin } from '../../model.ts'
import { type FileName, toFileName } from '../../system/file-name.ts'
import type { BlobScans, FoundMatch } from './blob-scans.ts'
import type { HistoryGraph } from './history-graph.ts'
import type { NameFindings } from './name-findings.ts'
import type { Gone } from './removals.ts'

const TREE = 0o040000
const SUBMODULE = 0o160000

export interface Placing<Found extends FoundMatch> {
  graph: HistoryGraph
  scans: BlobScans<Found>
  names: NameFindings<Found>
  isWanted: (path: string) => boolean
}

/** Matches in files that commits bring, each placed where it came in, and the blobs that these commits have. */
export async function placeInCommits<Found extends FoundMatch>(
  placing: Placing<Found>,
  commits: Iterable<number>,
): Promise<{ found: Found[]; covered: Set<number>; gone: Gone<Found>[] }> {
  const { graph, isWanted } = placing
  const found: Found[] = []
  const gone: Gone<Found>[] = []
  const covered = new Set<number>()
  const changes = [...listChanges(graph.commits, graph.trees, graph.objects, commits)]
  await prepare(changes, placing)
  for (const change of changes) {
    const name = nameOf(change.path)
    covered.add(graph.objects.numberOf(change.entry.id))
    if (!isWanted(name.path)) continue
    for (const placed of [placeName(change, name, placing), ...(await placeContent(change, name, placing))]) {
      found.push(...placed.matches)
      if (!placed.inHead) gone.push({ ...placed, commit: change.commit, path: change.path, name })
    }
  }
  return { found, covered, gone }
}

/** Has all blobs that changes bring searched at once, so that threads can share the work. */
async function prepare<Found extends FoundMatch>(
  changes: readonly PathChange[],
  { scans, isWanted }: Placing<Found>,
): Promise<void> {
  const units = changes
    .filter(({ entry }) => isFile(entry))
    .map(({ entry, path }) => ({ id: entry.id, ...nameOf(path) }))
  await scans.prepare(units.filter(({ path }) => isWanted(path)))
}

function nameOf(path: string): FileName {
  return toFileName(Buffer.from(path, 'latin1'))
}

interface Placed<Found> extends Pick<Gone<Found>, 'matches' | 'secret'> {
  inHead: boolean
}

/** A path is news where no parent has it. */
function placeName<Found extends FoundMatch>(
  change: PathChange,
  name: FileName,
  { names, graph }: Placing<Found>,
): Placed<Found> {
  const matches = names.get(change.path.slice(change.path.lastIndexOf('/') + 1)) ?? []
  if (matches.length === 0 || change.before.some(Boolean))
    return { matches: [], secret: undefined, inHead: true }
  const inHead = findPath(graph.objects, graph.headTree, change.path) !== undefined
  const place = originOf(change, name, inHead, graph)
  return { matches: matches.map(match => ({ ...match, path: name.path, place })), secret: undefined, inHead }
}

/** Of what is in a file, that is news which it has in no parent. */
async function placeContent<Found extends FoundMatch>(
  change: PathChange,
  name: FileName,
  { graph, scans }: Placing<Found>,
): Promise<Placed<Found>[]> {
  const { entry, before, path } = change
  if (!isFile(entry)) return []
  const bySecret = await scans.scan(entry.id, name, originOf(change, name, false, graph))
  if (bySecret.size === 0) return []
  for (const secret of await secretsInAny(before, name, graph, scans)) bySecret.delete(secret)
  const head = await secretsInAny([findPath(graph.objects, graph.headTree, path)], name, graph, scans)
  return [...bySecret].map(([secret, matches]) => {
    const inHead = head.has(secret)
    return {
      matches: matches.map(match => ({ ...match, place: { ...match.place, inHead } })),
      secret,
      inHead,
    }
  })
}

async function secretsInAny<Found extends FoundMatch>(
  entries: readonly (TreeEntry | undefined)[],
  name: FileName,
  { trees, objects }: HistoryGraph,
  scans: BlobScans<Found>,
): Promise<Set<number>> {
  const all = new Set<number>()
  for (const entry of entries) {
    if (!entry || !isFile(entry) || !trees.isWanted(objects.numberOf(entry.id))) continue
    for (const secret of await scans.secretsIn(entry.id, name)) all.add(secret)
  }
  return all
}

function isFile({ mode }: TreeEntry): boolean {
  return mode !== TREE && mode !== SUBMODULE
}

function originOf(
  { commit, entry }: PathChange,
  name: FileName,
  inHead: boolean,
  graph: HistoryGraph,
): Origin {
  const id = graph.objects.idOf(graph.commits.numbers[commit] ?? -1)
  const { author = '', date = '' } = graph.objects.messageOf(id) ?? {}
  return { kind: 'commit', commit: id, ...name, author, date, inHead, object: entry.id }
}

/** Matches in files that only commits have which nothing leads to. */
export async function placeUnreachable<Found extends FoundMatch>(
  placing: Placing<Found>,
  commits: Iterable<number>,
  covered: Set<number>,
): Promise<Found[]> {
  const { graph, scans, names, isWanted } = placing
  const found: Found[] = []
  const changes = [...listChanges(graph.commits, graph.trees, graph.objects, commits)].filter(
    ({ entry }) => !covered.has(graph.objects.numberOf(entry.id)),
  )
  await prepare(changes, placing)
  for (const { path, entry, before } of changes) {
    const number = graph.objects.numberOf(entry.id)
    const name = nameOf(path)
    if (covered.has(number) || !isWanted(name.path)) continue
    covered.add(number)
    const place = loneOrigin(entry.id, name, graph.tagged.has(entry.id))
    const named = before.some(Boolean) ? [] : (names.get(path.slice(path.lastIndexOf('/') + 1)) ?? [])
    found.push(...named.map(match => ({ ...match, path: name.path, place })))
    if (!isFile(entry)) continue
    for (const matches of (await scans.scan(entry.id, name, place)).values()) found.push(...matches)
  }
  return found
}

/** Matches in blobs that no commit has: staged once, dropped from a stash, left by a tree. */
export async function placeLoneBlobs<Found extends FoundMatch>(
  { graph, scans, isWanted }: Placing<Found>,
  blobs: Iterable<number>,
  pathOf: (id: string) => string | undefined,
): Promise<Found[]> {
  const found: Found[] = []
  const units = Array.from(blobs, number => {
    const id = graph.objects.idOf(number)
    const path = graph.tagged.get(id) ?? pathOf(id)
    return { id, name: path === undefined ? undefined : nameOf(path) }
  }).filter(({ name }) => !name || isWanted(name.path))
  await scans.prepare(units.map(({ id, name = { path: '' } }) => ({ id, ...name })))
  for (const { id, name } of units) {
    const bySecret = await scans.scan(id, name ?? { path: '' }, loneOrigin(id, name, graph.tagged.has(id)))
    for (const matches of bySecret.values()) found.push(...matches)
  }
  return found
}

function loneOrigin(object: string, name: FileName | undefined, reachable: boolean): Origin {
  return { kind: 'object', object, objectType: 'blob', ...(name && { path: name.path }), reachable }
}
