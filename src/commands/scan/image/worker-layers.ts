import type { Layer } from '../../../oci/image.ts'
import type { JobRunner } from '../../../system/job-pool.ts'
import { makeKernel } from '../make-kernel.ts'
import { type OwnRules, readWorkerRules } from '../scan-jobs.ts'
import { createLayerJobs, createLayerScanner, type LayerRequest, type LayerResult } from './layer-jobs.ts'

/** What a worker that reads layers is started with. */
export interface LayerWorkerData {
  kind: 'layers'
  layers: readonly Layer[]
  request: LayerRequest
  own?: OwnRules
  module: WebAssembly.Module | undefined
}

export async function createLayerWorkerJobs({
  layers,
  request,
  own,
  module,
}: LayerWorkerData): Promise<JobRunner<readonly LayerResult[]>> {
  const rules = readWorkerRules(own)
  return createLayerJobs(layers, await createLayerScanner(rules.program, makeKernel(rules, module), request))
}
