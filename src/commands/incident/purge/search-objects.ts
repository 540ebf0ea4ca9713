import { bufferAccess } from '../../../archive/random-access.ts'
import { Catalog } from '../../../git/catalog.ts'
import { CorruptObjectError, type GitObject, MissingObjectError } from '../../../git/git-object.ts'
import { ObjectStore } from '../../../git/object-store.ts'
import type { Repository } from '../../../git/repository.ts'
import type { EncodedForm } from '../../../incident/purge/encoded-forms.ts'
import type { FoundObject } from '../../../incident/purge/purge-guide.ts'
import { describeForms, searchArchive, searchChunks } from './search-bytes.ts'
import { readLfsPointer, searchLfs } from './search-lfs.ts'

export interface ObjectSearch {
  objects: FoundObject[]
  /** The forms that occurred, by name. */
  forms: EncodedForm[]
  /** All commits of the store, reachable or not. */
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
  const found = new Map<string, FoundObject>()
  const seen = new Map<string, EncodedForm>()
  const commits = new Set<string>()
  const unread: string[] = []
  const pointers = new Map<string, string>()
  for (let number = 0; number < catalog.count; number++) {
    const id = catalog.idOf(number)
    const object = readObject(store, id)
    if (!object) {
      unread.push(id)
      continue
    }
    if (object.type === 'commit') commits.add(id)
    if (found.has(id)) continue
    const pointer = readLfsPointer(object)
    if (pointer !== undefined) pointers.set(id, pointer)
    // A tree holds names, which nobody compresses; half of all objects are trees.
    const inText =
      object.type === 'tree'
        ? forms.filter(({ bytes }) => object.bytes.includes(bytes))
        : await searchChunks([object.bytes], forms)
    const inArchive = object.type === 'blob' ? await searchArchive(bufferAccess(object.bytes), forms) : []
    for (const form of inText)
      if (form.bytes.length <= MAX_REPLACED) seen.set(form.bytes.toString('latin1'), form)
    const names = describeForms(inText, inArchive)
    // Replacing text in an archive would break it.
    const isPacked =
      object.type === 'blob' &&
      (inArchive.length > 0 ||
        inText.some(({ bytes }) => bytes.length > MAX_REPLACED) ||
        (inText.length > 0 && isBinary(object.bytes)))
    if (names.length > 0) found.set(id, { id, type: object.type, forms: names, isPacked })
  }
  store.close()
  const lfs = await searchLfs(repository, pointers, forms)
  const objects = [...found.values(), ...lfs.objects.filter(({ id }) => !found.has(id))]
  return { objects, forms: [...seen.values()], commits: [...commits], unread, missingLfs: lfs.missing }
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
