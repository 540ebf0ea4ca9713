/** What a worker thread that reads a history runs. */
import { createHistoryWorker, type HistoryWorkerData } from './commands/scan/history-jobs.ts'
import { serveJobs } from './system/serve-jobs.ts'

const createJobs = createHistoryWorker()
await serveJobs(data => createJobs(data as HistoryWorkerData))
