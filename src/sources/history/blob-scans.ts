import type { ArchiveLimits } from '../../archive/limits.ts'
import type { CoverageTally } from '../../coverage.ts'
import type { ObjectId } from '../../git/object-id.ts'
import type { Content, Match, Origin, Place } from '../../model.ts'
import type { FileName } from '../../system/file-name.ts'
import { openContent } from '../open-content.ts'
import type { HistoryObjects } from './history-objects.ts'

/** A match as whoever searches gives it: with its path, within archives too, and whether a comment allows it. */
export type FoundMatch = Match & { path: string; state: string; place: Place }

/** Searches whole blobs, each once under each path that it has. */
export class BlobScans<Found extends FoundMatch> {
  readonly #objects: HistoryObjects
  readonly #scan: (content: Content) => Found[]
  readonly #limits: ArchiveLimits
  readonly #coverage: CoverageTally
  /** Blob and path → the matches in it, by the secret that they are of; of most blobs the one that has none. */
  readonly #known = new Map<string, ReadonlyMap<number, readonly Found[]>>()
  readonly #numbers = new Map<string, number>()

  constructor(
    objects: HistoryObjects,
    options: { scan: (content: Content) => Found[]; limits: ArchiveLimits; coverage: CoverageTally },
  ) {
    this.#objects = objects
    this.#scan = options.scan
    this.#limits = options.limits
    this.#coverage = options.coverage
  }

  /** The matches in a blob as they stand at an origin, by the secret that they are of. */
  async scan(id: ObjectId, name: FileName, origin: Origin): Promise<Map<number, Found[]>> {
    const bySecret = await this.#find(id, name)
    return new Map(
      [...bySecret].map(([secret, found]) => [secret, found.map(match => moveTo(match, name.path, origin))]),
    )
  }

  /** The secrets in a blob, each as a number. */
  async secretsIn(id: ObjectId, name: FileName): Promise<Iterable<number>> {
    return (await this.#find(id, name)).keys()
  }

  async #find(id: ObjectId, name: FileName): Promise<ReadonlyMap<number, readonly Found[]>> {
    const key = keyOf(id, name)
    const known = this.#known.get(key)
    if (known) return known
    const bySecret = new Map<number, Found[]>()
    for (const match of await this.#search(id, name)) {
      const secret = this.#numberOf(match)
      bySecret.set(secret, [...(bySecret.get(secret) ?? []), match])
    }
    const found = bySecret.size === 0 ? nothing : bySecret
    this.#known.set(key, found)
    return found
  }

  async #search(id: ObjectId, name: FileName): Promise<Found[]> {
    const bytes = this.#objects.bytesOf(id)
    if (!bytes) return []
    const found: Found[] = []
    const origin: Origin = { kind: 'file', ...name, tracked: true }
    const content: Content = { bytes, origin, path: name.path }
    await openContent(content, this.#limits, this.#coverage, part => found.push(...this.#scan(part)))
    return found
  }

  /** One that a comment allows is another one without it. */
  #numberOf({ rule, secret, state }: Found): number {
    const key = `${rule} ${state} ${secret.reveal()}`
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    this.#numbers.set(key, this.#numbers.size)
    return this.#numbers.size - 1
  }
}

const nothing: ReadonlyMap<number, never[]> = new Map()

/** The same match as of another origin; within an archive the path is the longer one that the search gave it. */
function moveTo<Found extends FoundMatch>(match: Found, path: string, origin: Origin): Found {
  const { place, span } = match
  const isInArchive = place.kind === 'file' && place.path !== path
  const inner = isInArchive && { path: place.path, ...(place.pathBytes && { pathBytes: place.pathBytes }) }
  return { ...match, place: { ...origin, ...inner, ...span } }
}

function keyOf(id: ObjectId, { path, pathBytes = '' }: FileName): string {
  return `${id} ${pathBytes || path}`
}
