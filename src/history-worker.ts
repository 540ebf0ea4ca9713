/** What a worker thread that reads a history runs. */
import { createHistoryWorkerJobs, type HistoryWorkerData } from './commands/scan/history-jobs.ts'
import { serveJobs } from './system/serve-jobs.ts'

await serveJobs(data => createHistoryWorkerJobs(data as HistoryWorkerData))
