import { availableParallelism } from 'node:os'
import { pathToFileURL } from 'node:url'
import { CoverageTally } from '../../../coverage.ts'
import type { Layer } from '../../../oci/image.ts'
import { assetPath } from '../../../system/assets.ts'
import { runJobs } from '../../../system/job-pool.ts'
import { shareOwnRules } from '../scan-jobs.ts'
import type { ScanRun } from '../scan-run.ts'
import { createLayerJobs, createLayerScanner, type LayerRequest, type LayerResult } from './layer-jobs.ts'
import type { LayerWorkerData } from './worker-layers.ts'

/** Bytes from which a worker is worth its start; a layer without a size may be of any. */
const LARGE = 4 * 1024 * 1024

/** Reads and searches layers in parallel; a result for each, in their order. */
export async function scanLayers(layers: readonly Layer[], run: ScanRun): Promise<LayerResult[]> {
  if (layers.length === 0) return []
  const { rules, module, kernel } = run
  const request = layerRequestOf(run)
  // The largest first, so that all threads end together.
  const ordered = [...layers.entries()].sort(([, a], [, b]) => weigh(b) - weigh(a))
  const queue = ordered.map(([, layer]) => layer)
  const { results, lost } = await runJobs<readonly LayerResult[]>({
    count: queue.length,
    threads: request.jobs || availableParallelism(),
    isLarge: queue.slice(1).some(layer => weigh(layer) >= LARGE),
    local: createLayerJobs(queue, await createLayerScanner(rules.program, kernel, request)),
    worker: () => {
      const data: LayerWorkerData = {
        kind: 'layers',
        layers: queue,
        request,
        ...shareOwnRules(rules),
        module,
      }
      return { script: pathToFileURL(assetPath('dist/scan-worker.js')), data }
    },
  })
  return [...results.flat(), ...lost.map(number => lostResult(number, queue[number]))]
    .map(result => ({ ...result, layer: ordered[result.layer]?.[0] ?? 0 }))
    .sort((a, b) => a.layer - b.layer)
}

export function layerRequestOf({ request }: Pick<ScanRun, 'request'>): LayerRequest {
  const { settings, listing, ...plain } = request
  return plain
}

function weigh({ size }: Layer): number {
  return size || LARGE
}

function lostResult(number: number, layer: Layer | undefined): LayerResult {
  const coverage = new CoverageTally()
  coverage.skip('worker-died', `layer ${layer?.digest}`)
  const none = new Float64Array(0)
  return {
    layer: number,
    matches: [],
    changes: { files: none, directories: none, whiteouts: none, opaque: none },
    links: [],
    coverage: coverage.result(),
  }
}
