import { createHash } from 'node:crypto'
import type { PlacedMatch } from '../../../findings/collect-findings.ts'
import { type Coverage, type SkipReason, WithheldSecret } from '../../../model.ts'
import type { Layer } from '../../../oci/image.ts'
import type { Program } from '../../../program.ts'
import type { LayerChanges } from '../../../sources/image/layer-changes.ts'
import type { LayerFacts } from '../../../sources/image/read-layer.ts'
import type { CacheDirectory } from '../../../system/cache-directory.ts'
import { version } from '../../../version.ts'
import type { LayerRequest } from './layer-jobs.ts'

/** What is known of a layer without its values, which the cache never has. */
export interface KnownLayer {
  matches: PlacedMatch[]
  changes: LayerChanges
  links: LayerFacts['links']
  coverage: Coverage
}

const FORMAT = 4

/** What another attempt may do better. */
const passing: ReadonlySet<SkipReason> = new Set([
  'timeout',
  'worker-died',
  'unreadable',
  'missing-object',
  'corrupt-object',
  'corrupt-archive',
])

/** Layers that were read before, under the same rules and limits. */
export class KnownLayers {
  readonly #cache: CacheDirectory
  readonly #program: Program
  readonly #settings: unknown

  constructor(cache: CacheDirectory, program: Program, request: LayerRequest) {
    this.#cache = cache
    this.#program = program
    const { only, skip, minSeverity, minConfidence, allowComments, maxDecodeDepth, maxFileSize } = request
    const { include, exclude, maxArchiveDepth, maxArchiveEntries, maxArchiveSize, maxArchiveRatio } = request
    this.#settings = [
      [FORMAT, version, program.hash, only, skip, minSeverity, minConfidence, allowComments],
      [maxDecodeDepth, maxFileSize, include, exclude],
      [maxArchiveDepth, maxArchiveEntries, maxArchiveSize, maxArchiveRatio],
    ]
  }

  read(layer: Layer): KnownLayer | undefined {
    const bytes = this.#cache.read(this.#keyOf(layer))
    try {
      return bytes && this.#parse(JSON.parse(bytes.toString('utf8')))
    } catch {
      // Damaged: it is written anew.
      return undefined
    }
  }

  write(layer: Layer, { matches, changes, links, coverage }: KnownLayer): void {
    if (coverage.skipped.some(({ reason }) => passing.has(reason))) return
    this.#cache.write(
      this.#keyOf(layer),
      JSON.stringify({
        coverage,
        links,
        changes: Object.entries(changes).map(([kind, hashes]) => [kind, toBase64(hashes)]),
        // What a report would show, so nothing of a value but its masked form.
        matches: matches.map(match => ({ ...match, secret: match.secret.masked })),
      }),
    )
  }

  prune(): void {
    this.#cache.prune()
  }

  #keyOf({ digest, verify }: Layer): string {
    return createHash('sha256')
      .update(JSON.stringify([digest, verify, this.#settings]))
      .digest('hex')
  }

  #parse(entry: StoredLayer): KnownLayer {
    const { rules } = this.#program
    const changes = Object.fromEntries(entry.changes.map(([kind, text]) => [kind, fromBase64(text)]))
    const { files, directories, whiteouts, opaque } = changes
    if (!files || !directories || !whiteouts || !opaque) throw new Error('no changes')
    if (entry.matches.some(({ rule, fingerprint }) => !rules[rule] || !fingerprint))
      throw new Error('no match')
    return {
      coverage: entry.coverage,
      links: entry.links,
      changes: { files, directories, whiteouts, opaque },
      matches: entry.matches.map(match => ({ ...match, secret: new WithheldSecret(match.secret) })),
    }
  }
}

interface StoredLayer {
  coverage: Coverage
  links: LayerFacts['links']
  changes: [kind: string, hashes: string][]
  matches: (Omit<PlacedMatch, 'secret'> & { secret: string })[]
}

function toBase64(hashes: Float64Array): string {
  return Buffer.from(hashes.buffer, hashes.byteOffset, hashes.byteLength).toString('base64')
}

function fromBase64(text: string): Float64Array {
  const bytes = Buffer.from(text, 'base64')
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
}
