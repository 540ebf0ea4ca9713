import { CoverageTally } from '../../../coverage.ts'
import type { PlacedMatch } from '../../../findings/collect-findings.ts'
import type { Kernel } from '../../../kernel/types.ts'
import type { Coverage } from '../../../model.ts'
import type { Layer } from '../../../oci/image.ts'
import { createBlobOpener } from '../../../oci/open-blob.ts'
import type { Program } from '../../../program.ts'
import type { LayerChanges } from '../../../sources/image/layer-changes.ts'
import type { LayerWatch } from '../../../sources/image/layer-watch.ts'
import { type LayerFacts, readLayer } from '../../../sources/image/read-layer.ts'
import type { JobRunner } from '../../../system/job-pool.ts'
import { archiveLimitsOf } from '../archive-limits.ts'
import { createContentScanner } from '../content-scanner.ts'
import { createPathFilter } from '../path-filter.ts'
import type { ScanRequest } from '../scan-run.ts'

/** What came out of one layer: plain data. `Secret` does not pass from one thread to another, its value does. */
export interface LayerResult {
  layer: number
  matches: (Omit<PlacedMatch, 'secret'> & { secret: string })[]
  changes: LayerChanges
  links: LayerFacts['links']
  coverage: Coverage
}

/** Plain data for workers; the settings' globs are about the project's own paths. */
export type LayerRequest = Omit<ScanRequest, 'settings' | 'listing'>

export interface LayerScanner {
  scan(layer: Layer, number: number, watch?: LayerWatch): Promise<LayerResult>
}

/** Reads and searches layers, one after the other. */
export async function createLayerScanner(
  program: Program,
  kernel: Kernel,
  request: LayerRequest,
): Promise<LayerScanner> {
  let coverage = new CoverageTally()
  const scanContent = createContentScanner(program, kernel, request, {
    skip: (...skip) => coverage.skip(...skip),
  })
  const open = createBlobOpener()
  const options = {
    archives: archiveLimitsOf(request),
    maxFileSize: request.maxFileSize,
    isWanted: await createPathFilter(request, { root: '/' }, path => path),
  }
  return {
    async scan(layer, number, watch) {
      coverage = new CoverageTally()
      const matches: LayerResult['matches'] = []
      const facts = await readLayer(
        layer,
        () => open(layer.address),
        options,
        coverage,
        content => {
          for (const match of scanContent(content)) matches.push({ ...match, secret: match.secret.reveal() })
        },
        watch,
      )
      return { layer: number, matches, ...facts, coverage: coverage.result() }
    },
  }
}

export function createLayerJobs(
  layers: readonly Layer[],
  scanner: LayerScanner,
): JobRunner<readonly LayerResult[]> {
  const results: LayerResult[] = []
  return {
    async run(number) {
      const layer = layers[number]
      if (layer) results.push(await scanner.scan(layer, number))
    },
    result: () => results,
  }
}
