import type { Layer } from '../../../oci/image.ts'
import { HandOver, type HandOverState } from '../../../system/hand-over.ts'
import type { JobRunner } from '../../../system/job-pool.ts'
import { makeKernel } from '../make-kernel.ts'
import { type OwnRules, readWorkerRules } from '../scan-jobs.ts'
import { createLayerJobs } from './helped-jobs.ts'
import { createLayerScanner, type LayerJobsResult, type LayerRequest } from './layer-jobs.ts'

/** What a worker that reads layers is started with. */
export interface LayerWorkerData {
  kind: 'layers'
  layers: readonly Layer[]
  request: LayerRequest
  handOver: HandOverState
  own?: OwnRules
  module: WebAssembly.Module | undefined
}

export async function createLayerWorkerJobs({
  layers,
  request,
  handOver,
  own,
  module,
}: LayerWorkerData): Promise<JobRunner<LayerJobsResult>> {
  const rules = readWorkerRules(own)
  const scanner = await createLayerScanner(rules.program, makeKernel(rules, module), request)
  return createLayerJobs(layers, scanner, new HandOver(handOver))
}
