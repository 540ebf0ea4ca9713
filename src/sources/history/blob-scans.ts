import type { ArchiveLimits } from '../../archive/limits.ts'
import type { CoverageTally } from '../../coverage.ts'
import type { ObjectId } from '../../git/object-id.ts'
import type { Content, Match, Origin, Place } from '../../model.ts'
import type { FileName } from '../../system/file-name.ts'
import { openContent } from '../open-content.ts'
import type { HistoryObjects } from './history-objects.ts'

/** A match as whoever searches gives it: with its path, within archives too, and whether a comment allows it. */
export type FoundMatch = Match & { path: string; state: string; place: Place }

/** Searches whole blobs, each under the paths that it has. */
export class BlobScans<Found extends FoundMatch> {
  readonly #objects: HistoryObjects
  readonly #scan: (content: Content) => Found[]
  readonly #limits: ArchiveLimits
  readonly #coverage: CoverageTally
  /** Blob and path → the secrets in it, each as a number. */
  readonly #secrets = new Map<string, ReadonlySet<number>>()
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

  /** The matches in a blob, by the secret that they are of. */
  async scan(id: ObjectId, name: FileName, origin: Origin): Promise<Map<number, Found[]>> {
    const bytes = this.#objects.bytesOf(id)
    const found: Found[] = []
    if (bytes) {
      const content: Content = { bytes, origin, path: name.path }
      const pending = openContent(content, this.#limits, this.#coverage, part =>
        found.push(...this.#scan(part)),
      )
      if (pending) await pending
    }
    const bySecret = new Map<number, Found[]>()
    for (const match of found) {
      const secret = this.#numberOf(match)
      bySecret.set(secret, [...(bySecret.get(secret) ?? []), match])
    }
    this.#secrets.set(keyOf(id, name), new Set(bySecret.keys()))
    return bySecret
  }

  /** The secrets in a blob. */
  async secretsIn(id: ObjectId, name: FileName): Promise<ReadonlySet<number>> {
    const known = this.#secrets.get(keyOf(id, name))
    if (known) return known
    await this.scan(id, name, {
      kind: 'object',
      object: id,
      objectType: 'blob',
      path: name.path,
      reachable: true,
    })
    return this.#secrets.get(keyOf(id, name)) ?? new Set()
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

function keyOf(id: ObjectId, { path, pathBytes = '' }: FileName): string {
  return `${id} ${pathBytes || path}`
}
