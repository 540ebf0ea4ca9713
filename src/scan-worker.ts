/** What a worker thread of a scan runs. */
import { createWorkerJobs, type ScanWorkerData } from './commands/scan/scan-jobs.ts'
import { serveJobs } from './system/serve-jobs.ts'

await serveJobs(data => createWorkerJobs(data as ScanWorkerData))
