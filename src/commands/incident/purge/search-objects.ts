import { bufferAccess } from '../../../archive/random-access.ts'
import { Catalog } from '../../../git/catalog.ts'
import type { CommitRecords } from '../../../git/commit-log.ts'
import { CorruptObjectError, type GitObject, MissingObjectError } from '../../../git/git-object.ts'
import { ObjectStore } from '../../../git/object-store.ts'
import type { Repository } from '../../../git/repository.ts'
import { withDependants } from '../../../git/select-objects.ts'
import type { EncodedForm } from '../../../incident/purge/encoded-forms.ts'
import type { FoundObject } from '../../../incident/purge/purge-guide.ts'
import { describeForms, searchArchive, searchChunks } from './search-bytes.ts'
import { searchLfs } from './search-lfs.ts'
import { createReading, findSuspects, type PurgeReading } from './suspect-jobs.ts'
import type { Suspects } from './suspect-search.ts'
import { findTouchingCommits, listCommits } from './touching-commits.ts'

export interface ObjectSearch {
  objects: FoundObject[]
  /** The forms that occurred, by name. */
  forms: EncodedForm[]
  /** Commits, reachable or not, that may have brought in or taken out what was found. */
  commits: string[]
  /** Objects that could not be read. */
  unread: string[]
  /** LFS objects that the history names and that are not on this machine. */
  missingLfs: string[]
}

/** An encoded text that is longer goes with its whole blob. */
const MAX_REPLACED = 64 * 1024

/** Looks through every object of a repository, reachable or not, packed or loose, through archives in them, and LFS. */
export async function searchObjects(
  repository: Repository,
  forms: readonly EncodedForm[],
): Promise<ObjectSearch> {
  const store = new ObjectStore(repository)
  const catalog = Catalog.of(store)
  const reading = createReading(store, catalog)
  const { results, lost } = await findSuspects(reading, store, catalog, forms)
  const idsOf = (numbers: Iterable<number>) => [...new Set(Array.from(numbers, n => catalog.idOf(n)))]
  const found = new Map<string, FoundObject>()
  const seen = new Map<string, EncodedForm>()
  const unread: string[] = []
  for (const id of idsOf(toReadWhole(catalog, results, lost))) {
    const object = readObject(store, id)
    if (!object) {
      unread.push(id)
      continue
    }
    const { holder, inText } = await searchOne(id, object, forms)
    if (!holder) continue
    found.set(id, holder)
    for (const form of inText)
      if (form.bytes.length <= MAX_REPLACED) seen.set(form.bytes.toString('latin1'), form)
  }
  const pointers = new Map(
    results.flatMap(({ pointers }) => pointers.map(([number, id]) => [catalog.idOf(number), id] as const)),
  )
  const lfs = await searchLfs(repository, pointers, forms)
  const objects = [...found.values(), ...lfs.objects.filter(({ id }) => !found.has(id))]
  const logs = results.map(({ commits }) => commits)
  const commits = await findCommits(reading, store, catalog, logs, objects)
  store.close()
  return { objects, forms: [...seen.values()], commits, unread, missingLfs: lfs.missing }
}

/** Names in a tree may stay while the tree changes: there all commits are to be looked at. */
async function findCommits(
  reading: PurgeReading,
  store: ObjectStore,
  catalog: Catalog,
  logs: readonly CommitRecords[],
  objects: readonly FoundObject[],
): Promise<string[]> {
  if (objects.some(({ type }) => type === 'tree')) return listCommits(logs, catalog, store.repository.hash)
  const files = objects.flatMap(({ id, type }) => (type === 'blob' ? [id] : []))
  return files.length === 0 ? [] : findTouchingCommits(reading, store, catalog, logs, files)
}

/** In the order of the catalogue. Where threads died, all objects are. */
function toReadWhole(
  catalog: Catalog,
  results: readonly Suspects[],
  lost: readonly number[],
): Iterable<number> {
  if (lost.length > 0) return Array(catalog.count).keys()
  const holders = results.flatMap(({ holders }) => [...holders])
  const others = results.flatMap(({ others }) => [...others])
  const numbers = new Set([...withDependants(catalog, holders), ...others, ...damagedEntries(catalog)])
  return [...numbers].sort((a, b) => a - b)
}

/** Whose header nobody can read: they are in no family. */
function damagedEntries({ packs }: Catalog): number[] {
  return packs.flatMap(({ plan, first }) =>
    plan.headers.includes(0)
      ? Array.from(plan.headers.keys()).flatMap(entry => (plan.headers[entry] === 0 ? [first + entry] : []))
      : [],
  )
}

async function searchOne(
  id: string,
  object: GitObject,
  forms: readonly EncodedForm[],
): Promise<{ holder?: FoundObject; inText: readonly EncodedForm[] }> {
  const { type, bytes } = object
  // A tree holds names, which nobody compresses.
  const inText =
    type === 'tree' ? forms.filter(form => bytes.includes(form.bytes)) : await searchChunks([bytes], forms)
  const inArchive = type === 'blob' ? await searchArchive(bufferAccess(bytes), forms) : []
  const names = describeForms(inText, inArchive)
  if (names.length === 0) return { inText }
  // Replacing text in an archive would break it.
  const isPacked =
    type === 'blob' &&
    (inArchive.length > 0 ||
      inText.some(form => form.bytes.length > MAX_REPLACED) ||
      (inText.length > 0 && isBinary(bytes)))
  return { holder: { id, type, forms: names, isPacked }, inText }
}

function readObject(store: ObjectStore, id: string): GitObject | undefined {
  try {
    return store.read(id)
  } catch (error) {
    if (error instanceof MissingObjectError || error instanceof CorruptObjectError) return undefined
    throw error
  }
}

/** git-filter-repo replaces text only in what it takes for text: no NUL among the first 8 KiB. */
function isBinary(bytes: Buffer): boolean {
  return bytes.subarray(0, 8192).includes(0)
}
