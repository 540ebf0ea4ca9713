import { availableParallelism } from 'node:os'
import { pathToFileURL } from 'node:url'
import type { Layer } from '../../../oci/image.ts'
import { batchSize } from '../../../sources/image/content-batch.ts'
import type { LayerWatch } from '../../../sources/image/layer-watch.ts'
import { assetPath } from '../../../system/assets.ts'
import { createHandOver, HandOver, type HandOverState } from '../../../system/hand-over.ts'
import { type DescribeWorker, runJobs } from '../../../system/job-pool.ts'
import { createDeathNotice } from '../describe-death.ts'
import { shareOwnRules } from '../scan-jobs.ts'
import type { ScanRun } from '../scan-run.ts'
import { ContentPasser } from './content-passer.ts'
import { createHelpedJobs, createLayerJobs } from './helped-jobs.ts'
import {
  createLayerScanner,
  type LayerJobsResult,
  type LayerRequest,
  type LayerResult,
} from './layer-jobs.ts'
import { markPublished } from './mark-published.ts'
import { mergeLayers } from './merge-layers.ts'
import type { LayerWorkerData } from './worker-layers.ts'

/** Packed bytes from which workers are worth their start, taken together; a layer without a size may be of any. */
const LARGE = 8 * 1024 * 1024

/**
 * Nearly all that a search makes dies at once, and what lives of it is 15 MB. Left to itself V8 lets each thread's heap grow to
 * a hundred, half of it a young generation that fits no cache, and leaves as much unpacked bytes uncollected beside it. The main
 * thread's own heap cannot be told how large to be, so it leaves large images to workers.
 */
const heapLimits = { maxYoungGenerationSizeMb: 6, maxOldGenerationSizeMb: 96 }

/** Reads and searches layers in parallel, and what is in them where there are fewer than threads; a result for each, in their order. */
export async function scanLayers(layers: readonly Layer[], run: ScanRun): Promise<LayerResult[]> {
  if (layers.length === 0) return []
  const { rules, kernel } = run
  const request = layerRequestOf(run)
  const threads = request.jobs || availableParallelism()
  // The largest first, so that all threads end together.
  const ordered = [...layers.entries()].sort(([, a], [, b]) => weigh(b) - weigh(a))
  const queue = ordered.map(([, layer]) => layer)
  const isLarge = queue.reduce((sum, layer) => sum + weigh(layer), 0) >= LARGE
  const state = createHandOver(threads, queue.length, batchSize)
  const handOver = new HandOver(state)
  const { results, lost } = await runJobs<LayerJobsResult>({
    count: queue.length + threads - 1,
    threads,
    local: isLarge
      ? undefined
      : createLayerJobs(queue, await createLayerScanner(rules.program, kernel, request), handOver),
    worker: describeLayerWorker(queue, state, run),
  })
  return mergeLayers(queue, results, lost, handOver.lost())
    .map(result => markPublished(result, rules.program))
    .map(result => ({ ...result, layer: ordered[result.layer]?.[0] ?? 0 }))
    .sort((a, b) => a.layer - b.layer)
}

/** Reads a layer that comes by; the result is complete when all have come by. */
export type ScanPassing = (layer: Layer, watch: LayerWatch) => Promise<void>

/**
 * Reads layers in the order in which a stream brings them, while other threads help with what is in them.
 * @param size bytes of the stream, where it is known
 * @param read is given what is to be called with each layer
 * @returns a result for each, in that order
 */
export async function scanPassingLayers(
  size: number | undefined,
  run: ScanRun,
  read: (scan: ScanPassing) => Promise<void>,
): Promise<LayerResult[]> {
  const { rules, kernel } = run
  const request = layerRequestOf(run)
  const threads = size === undefined || size >= LARGE ? request.jobs || availableParallelism() : 1
  const state = createHandOver(threads, 1, batchSize)
  const handOver = new HandOver(state)
  const scanner = await createLayerScanner(rules.program, kernel, request)
  const layers: Layer[] = []
  const { results } = await runJobs<LayerJobsResult>({
    count: threads,
    threads,
    isLarge: threads > 1,
    local: createHelpedJobs(layers, scanner, handOver, job => (job === 0 ? readAll() : undefined)),
    // They know nothing of these layers.
    worker: describeLayerWorker([], state, run),
  })
  return mergeLayers(layers, results, [], handOver.lost()).map(result => markPublished(result, rules.program))

  async function readAll(): Promise<LayerResult[]> {
    const found: LayerResult[] = []
    await read(async (layer, watch) => {
      const number = layers.push(layer) - 1
      found.push(await scanner.scan(layer, number, { watch, passer: new ContentPasser(handOver, number) }))
    })
    return found
  }
}

function describeLayerWorker(
  layers: readonly Layer[],
  handOver: HandOverState,
  run: ScanRun,
): DescribeWorker {
  return () => {
    const data: LayerWorkerData = {
      kind: 'layers',
      layers,
      request: layerRequestOf(run),
      handOver,
      ...shareOwnRules(run.rules),
      module: run.module,
    }
    const script = pathToFileURL(assetPath('dist/scan-worker.js'))
    return { script, data, limits: heapLimits, died: createDeathNotice(run) }
  }
}

export function layerRequestOf({ request }: Pick<ScanRun, 'request'>): LayerRequest {
  const { settings, listing, ...plain } = request
  return plain
}

function weigh({ size }: Layer): number {
  return size || LARGE
}
