/** What a worker thread that reads a history runs. */
import type { HistoryWorkerData } from './commands/scan/history-jobs.ts'
import { createHistoryWorker } from './commands/scan/serve-history.ts'
import { serveJobs } from './system/serve-jobs.ts'

const createJobs = createHistoryWorker()
await serveJobs(data => createJobs(data as HistoryWorkerData))
