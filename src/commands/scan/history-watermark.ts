import { createHash, randomUUID } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { hasNewObjects, KnownObjects, type KnownPart } from '../../git/known-objects.ts'
import { hashBytes, type ObjectId } from '../../git/object-id.ts'
import { listReflogIds, listRefs } from '../../git/refs.ts'
import type { Repository } from '../../git/repository.ts'
import type { Coverage, Skip, SkipReason } from '../../model.ts'
import type { EarlierScan } from '../../sources/history/select-new.ts'
import type { CacheDirectory } from '../../system/cache-directory.ts'
import { version } from '../../version.ts'
import type { ScanRequest } from './scan-run.ts'

/** What a scan has read and reported. Names of objects and of findings, and nothing of what is in them. */
export interface ReadHistory {
  parts: readonly KnownPart[]
  holders: readonly ObjectId[]
  /** Objects that others name and that this clone does not have. */
  missing: readonly ObjectId[]
  /** Read and left out of the report: commits that nothing leads to. */
  unreported: readonly ObjectId[]
  tips: string
  /** Files of the git directory: path → what changes when the file does. */
  stamps: Readonly<Record<string, string>>
  /** Findings in such files and in names of refs, as `selectUntold` writes them. */
  told: readonly string[]
}

interface Header extends Omit<ReadHistory, 'parts'> {
  /** The same as in the file of names that belongs to it. */
  token: string
  parts: readonly [pack: string, length: number][]
  absent: Skip[]
}

const FORMAT = 3
const TOKEN = 36

/** Objects that are not there are new when they come; whatever else was skipped must be tried again. */
const absences: ReadonlySet<SkipReason> = new Set(['missing-object', 'partial-clone', 'shallow', 'excluded'])

/**
 * How far scans of a repository have come, under the same rules and options. It is kept in the user's cache and not in the
 * repository: one that came from elsewhere could say that everything in it was read.
 */
export class HistoryWatermark {
  readonly #cache: CacheDirectory
  readonly #repository: Repository
  readonly #key: string
  #header: Header | undefined

  constructor(cache: CacheDirectory, repository: Repository, rulesHash: string, request: ScanRequest) {
    this.#cache = cache
    this.#repository = repository
    this.#key = keyOf(repository, rulesHash, request)
    this.#header = parse(cache.read(this.#key))
  }

  /** Files of the git directory as they were. */
  get stamps(): ReadHistory['stamps'] {
    return this.#header?.stamps ?? {}
  }

  get told(): ReadHistory['told'] {
    return this.#header?.told ?? []
  }

  /** What was missing at the last scan, where nothing has changed since then. */
  unchanged(stamps: ReadHistory['stamps']): readonly Skip[] | undefined {
    const header = this.#header
    if (!header || !isDeepStrictEqual(header.stamps, stamps)) return undefined
    let objects: EarlierScan['objects'] | undefined
    const read = () => {
      objects ??= this.read()?.objects ?? { has: () => false }
      return objects
    }
    if (header.unreported.length > 0 && header.tips !== digestTips(this.#repository)) return undefined
    const packs = new Set(header.parts.map(([pack]) => pack).filter(Boolean))
    return hasNewObjects(this.#repository, packs, read) ? undefined : header.absent
  }

  /** Undefined for none, or where an object has come that was missing: then other objects that are known may mean more. */
  read(): (EarlierScan & { missing: readonly ObjectId[] }) | undefined {
    const header = this.#header
    const names = header && this.#cache.read(`${this.#key}-names`)
    if (!names || names.toString('latin1', 0, TOKEN) !== header.token) return undefined
    let at = TOKEN
    const parts = header.parts.map(([pack, length]) => {
      at += length
      return { pack, names: names.subarray(at - length, at) }
    })
    if (at !== names.length) return undefined
    const all = new KnownObjects(parts, hashBytes[this.#repository.hash])
    const unreported = new Set(header.unreported)
    const has = (id: Uint8Array) => all.has(id) && !unreported.has(Buffer.from(id).toString('hex'))
    return {
      objects: unreported.size ? { has } : all,
      holders: header.holders,
      missing: header.missing,
    }
  }

  /** Only a scan that read all that there is moves it. */
  advance({ parts, ...read }: ReadHistory, { skipped }: Coverage): void {
    if (skipped.some(({ reason }) => !absences.has(reason))) return
    const token = randomUUID()
    this.#cache.write(
      `${this.#key}-names`,
      Buffer.concat([Buffer.from(token, 'latin1'), ...parts.map(({ names }) => names)]),
    )
    const header: Header = {
      ...read,
      token,
      parts: parts.map(({ pack, names }) => [pack, names.length]),
      absent: skipped,
    }
    this.#cache.write(this.#key, JSON.stringify(header))
    this.#cache.prune()
  }
}

function parse(bytes: Buffer | undefined): Header | undefined {
  try {
    return bytes && JSON.parse(bytes.toString('utf8'))
  } catch {
    // Damaged: everything is read once more.
    return undefined
  }
}

/** Where all refs and reflogs stand. */
export function digestTips(repository: Repository): string {
  const tips = [...listRefs(repository).map(({ id }) => id), ...listReflogIds(repository)]
  return createHash('sha256').update(tips.sort().join()).digest('hex')
}

/** Of the options all that decide what is found; how it is shown does not matter. */
function keyOf({ commonDir }: Repository, rulesHash: string, request: ScanRequest): string {
  const { only, skip, minSeverity, minConfidence, allowComments, reachableOnly, include, exclude } = request
  const { maxDecodeDepth, maxFileSize, maxArchiveDepth, maxArchiveEntries, maxArchiveSize } = request
  return createHash('sha256')
    .update(
      JSON.stringify([
        [FORMAT, version, rulesHash, realpathSync(commonDir), reachableOnly ?? false],
        [only, skip, minSeverity, minConfidence, allowComments, include, exclude],
        [maxDecodeDepth, maxFileSize, maxArchiveDepth, maxArchiveEntries, maxArchiveSize],
        [request.maxArchiveRatio, request.settings?.settings.scan, request.settings?.directory],
      ]),
    )
    .digest('hex')
}
