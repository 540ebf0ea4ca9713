import { CoverageTally } from '../../../coverage.ts'
import type { Layer } from '../../../oci/image.ts'
import { readBatch } from '../../../sources/image/content-batch.ts'
import type { Batch } from '../../../system/hand-over.ts'
import type { LayerJobsResult, LayerResult } from './layer-jobs.ts'

/**
 * What all threads found, a result for each layer, the same whoever did what.
 * @param lost numbers of layers that no thread lived to read
 * @param unfinished batches that no thread lived to search
 */
export function mergeLayers(
  layers: readonly Layer[],
  results: readonly LayerJobsResult[],
  lost: readonly number[],
  unfinished: readonly Batch[],
): LayerResult[] {
  const batches = new Map(results.flatMap(result => result.batches).map(batch => [batch.ticket, batch]))
  const gone = new Map(unfinished.map(batch => [batch.ticket, batch]))
  const read = new Map(results.flatMap(result => result.layers).map(result => [result.layer, result]))
  return layers.map((layer, number) => {
    const result = read.get(number)
    return result && !lost.includes(number) ? merge(result) : lostResult(number, layer)
  })

  function merge(result: LayerResult): LayerResult {
    const coverage = new CoverageTally()
    coverage.add(result.coverage)
    const matches = [...result.matches]
    for (const ticket of result.tickets) {
      const batch = batches.get(ticket)
      if (batch) {
        coverage.add(batch.coverage)
        matches.push(...batch.matches)
      } else for (const path of namesIn(gone.get(ticket))) coverage.skip('worker-died', path)
    }
    matches.sort((a, b) => a.file - b.file)
    return { ...result, matches, coverage: coverage.result() }
  }
}

function namesIn(batch: Batch | undefined): string[] {
  return batch ? readBatch(batch.bytes).contents.map(({ content }) => content.path) : []
}

function lostResult(number: number, layer: Layer): LayerResult {
  const coverage = new CoverageTally()
  coverage.skip('worker-died', `layer ${layer.digest}`)
  const none = new Float64Array(0)
  return {
    layer: number,
    matches: [],
    changes: { files: none, directories: none, whiteouts: none, opaque: none },
    links: [],
    published: none,
    identities: [],
    coverage: coverage.result(),
    tickets: [],
  }
}
