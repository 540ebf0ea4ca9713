import type { Layer } from '../../../oci/image.ts'
import type { Batch, HandOver } from '../../../system/hand-over.ts'
import type { JobRunner } from '../../../system/job-pool.ts'
import { ContentPasser } from './content-passer.ts'
import type { LayerJobsResult, LayerResult, LayerScanner } from './layer-jobs.ts'

/**
 * Jobs that read layers; all others help with what is in those.
 * @param layers in the order of their numbers; none where they come in a stream and somebody else reads it
 * @param read undefined for a job without layers of its own
 */
export function createHelpedJobs(
  layers: readonly Layer[],
  scanner: LayerScanner,
  handOver: HandOver,
  read: (job: number) => Promise<LayerResult[]> | undefined,
): JobRunner<LayerJobsResult> {
  const result: LayerJobsResult = { layers: [], batches: [] }
  const work = (batch: Batch) => void result.batches.push(scanner.scanBatch(layers, batch))
  return {
    async run(job) {
      const pending = read(job)
      if (!pending) return handOver.help(work)
      try {
        result.layers.push(...(await pending))
        // Helpers may have left meanwhile.
        for (let batch = handOver.take(); batch; batch = handOver.take()) {
          work(batch)
          handOver.release(batch)
        }
      } finally {
        handOver.end()
      }
    },
    result: () => result,
  }
}

/** Jobs are the layers by their number; those behind them help. */
export function createLayerJobs(
  layers: readonly Layer[],
  scanner: LayerScanner,
  handOver: HandOver,
): JobRunner<LayerJobsResult> {
  return createHelpedJobs(layers, scanner, handOver, number => {
    const layer = layers[number]
    if (!layer) return undefined
    return scanner.scan(layer, number, { passer: new ContentPasser(handOver, number) }).then(found => [found])
  })
}
