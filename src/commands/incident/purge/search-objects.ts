import { detectFormat, headLength } from '../../../archive/format.ts'
import { defaultArchiveLimits } from '../../../archive/limits.ts'
import { bufferAccess } from '../../../archive/random-access.ts'
import { walkArchive } from '../../../archive/walk-archive.ts'
import { Catalog } from '../../../git/catalog.ts'
import { CorruptObjectError, type GitObject, MissingObjectError } from '../../../git/git-object.ts'
import { ObjectStore } from '../../../git/object-store.ts'
import type { Repository } from '../../../git/repository.ts'
import type { EncodedForm } from '../../../incident/purge/encoded-forms.ts'
import type { FoundObject } from '../../../incident/purge/purge-guide.ts'

export interface ObjectSearch {
  objects: FoundObject[]
  /** The forms that occurred, by name. */
  forms: EncodedForm[]
  /** All commits of the store, reachable or not. */
  commits: string[]
  /** Objects that could not be read. */
  unread: string[]
}

/** Looks through every object of a repository, reachable or not, packed or loose, and through archives in them. */
export async function searchObjects(
  repository: Repository,
  forms: readonly EncodedForm[],
): Promise<ObjectSearch> {
  const store = new ObjectStore(repository)
  const catalog = Catalog.of(store)
  const found = new Map<string, FoundObject>()
  const seen = new Set<EncodedForm>()
  const commits = new Set<string>()
  const unread: string[] = []
  for (let number = 0; number < catalog.count; number++) {
    const id = catalog.idOf(number)
    const object = readObject(store, id)
    if (!object) {
      unread.push(id)
      continue
    }
    if (object.type === 'commit') commits.add(id)
    if (found.has(id)) continue
    const inText = forms.filter(({ bytes }) => object.bytes.includes(bytes))
    const inArchive = await searchArchive(object, forms)
    for (const form of inText) seen.add(form)
    const names = [
      ...new Set([
        ...inText.map(({ name }) => name),
        ...inArchive.map(({ name }) => `${name}, in an archive`),
      ]),
    ]
    // Replacing text in an archive would break it.
    const isPacked =
      inArchive.length > 0 || (object.type === 'blob' && inText.length > 0 && isBinary(object.bytes))
    if (names.length > 0) found.set(id, { id, type: object.type, forms: names, isPacked })
  }
  store.close()
  return { objects: [...found.values()], forms: [...seen], commits: [...commits], unread }
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

async function searchArchive(
  { type, bytes }: GitObject,
  forms: readonly EncodedForm[],
): Promise<EncodedForm[]> {
  if (type !== 'blob' || detectFormat(bytes.subarray(0, headLength)) === undefined) return []
  const found = new Set<EncodedForm>()
  const overlap = Math.max(...forms.map(form => form.bytes.length))
  await walkArchive({ path: 'blob' }, bufferAccess(bytes), defaultArchiveLimits, {
    async visit(_name, chunks) {
      let rest = Buffer.alloc(0)
      for await (const chunk of chunks) {
        rest = Buffer.concat([rest.subarray(Math.max(0, rest.length - overlap)), chunk])
        for (const form of forms) if (rest.includes(form.bytes)) found.add(form)
      }
    },
    skip() {},
  })
  return [...found]
}
