import type { ObjectId } from '../../git/object-id.ts'
import type { Match, Origin, Place } from '../../model.ts'
import type { FileName } from '../../system/file-name.ts'
import type { BlobUnit } from './read-blob.ts'

/** A match as whoever searches gives it: with its path, within archives too, and whether a comment allows it. */
export type FoundMatch = Match & { path: string; state: string; place: Place }

/** Searches blobs, all that it is given on as many threads as pay; the origin of what it finds is that of `BlobReader`. */
export type ScanBlobs<Found extends FoundMatch> = (units: readonly BlobUnit[]) => Promise<Found[]>

/** What was found in blobs, each searched once under each path that it has. */
export class BlobScans<Found extends FoundMatch> {
  readonly #scan: ScanBlobs<Found>
  /** Blob and path → the matches in it, by the secret that they are of. */
  readonly #known = new Map<string, ReadonlyMap<number, readonly Found[]>>()
  readonly #numbers = new Map<string, number>()

  constructor(scan: ScanBlobs<Found>) {
    this.#scan = scan
  }

  /** Searches many at once, before they are asked for one by one. */
  async prepare(units: Iterable<BlobUnit>): Promise<void> {
    const open = new Map<string, BlobUnit>()
    for (const unit of units) if (!this.#known.has(keyOf(unit))) open.set(keyOf(unit), unit)
    const namesOf = groupNames(open.values())
    const found = new Map<string, Map<number, Found[]>>()
    for (const match of await this.#scan([...open.values()])) {
      if (match.place.kind !== 'commit') continue
      const { object, path, pathBytes } = match.place
      const name = namesOf
        .get(object)
        ?.find(name => (path === name.path ? pathBytes === name.pathBytes : path.startsWith(`${name.path}!`)))
      if (name) this.#add(found, keyOf({ id: object, ...name }), match)
    }
    for (const key of open.keys()) this.#known.set(key, found.get(key) ?? nothing)
  }

  /** The matches in a blob as they stand at an origin, by the secret that they are of. */
  async scan(id: ObjectId, name: FileName, origin: Origin): Promise<Map<number, Found[]>> {
    const bySecret = await this.#find({ id, ...name })
    const move = (match: Found) => moveTo(match, name.path, origin)
    return new Map([...bySecret].map(([secret, found]) => [secret, found.map(move)]))
  }

  /** The secrets in a blob, each as a number. */
  async secretsIn(id: ObjectId, name: FileName): Promise<Iterable<number>> {
    return (await this.#find({ id, ...name })).keys()
  }

  async #find(unit: BlobUnit): Promise<ReadonlyMap<number, readonly Found[]>> {
    if (!this.#known.has(keyOf(unit))) await this.prepare([unit])
    return this.#known.get(keyOf(unit)) ?? nothing
  }

  #add(found: Map<string, Map<number, Found[]>>, key: string, match: Found): void {
    const bySecret = found.get(key) ?? new Map<number, Found[]>()
    found.set(key, bySecret)
    const secret = this.#numberOf(match)
    bySecret.set(secret, [...(bySecret.get(secret) ?? []), match])
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

/** Blob → its names, the longest first: what is in `a!b` is not in `a`. */
function groupNames(units: Iterable<BlobUnit>): Map<ObjectId, FileName[]> {
  const names = new Map<ObjectId, FileName[]>()
  for (const { id, ...name } of units) names.set(id, [...(names.get(id) ?? []), name])
  for (const own of names.values()) own.sort((a, b) => b.path.length - a.path.length)
  return names
}

/** The same match as of another origin; within an archive the path is the longer one that the search gave it. */
function moveTo<Found extends FoundMatch>(match: Found, path: string, origin: Origin): Found {
  const { place, span } = match
  const isInArchive = place.kind === 'commit' && place.path !== path
  const inner = isInArchive && { path: place.path, ...(place.pathBytes && { pathBytes: place.pathBytes }) }
  return { ...match, place: { ...origin, ...inner, ...span } }
}

function keyOf({ id, path, pathBytes = '' }: BlobUnit): string {
  return `${id} ${pathBytes || path}`
}
