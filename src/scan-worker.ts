/** What a worker thread of a scan runs. */
import type { LayerWorkerData } from './commands/scan/image/worker-layers.ts'
import type { ScanWorkerData } from './commands/scan/scan-jobs.ts'
import type { JobRunner } from './system/job-pool.ts'
import { serveJobs } from './system/serve-jobs.ts'
import { letYoungGenerationGrow } from './system/young-generation.ts'

await serveJobs<unknown>(data => createJobs(data as LayerWorkerData | ScanWorkerData))

/** Only what the work needs is loaded: every worker counts the milliseconds of its start. */
async function createJobs(data: LayerWorkerData | ScanWorkerData): Promise<JobRunner<unknown>> {
  if (data.kind === 'worktree') letYoungGenerationGrow(false)
  if (data.kind === 'layers')
    return (await import('./commands/scan/image/worker-layers.ts')).createLayerWorkerJobs(data)
  return (await import('./commands/scan/scan-jobs.ts')).createWorkerJobs(data)
}
