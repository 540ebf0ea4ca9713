/** What a worker thread that looks for a value in all of a repository runs. */
import { createPurgeWorkerJobs, type PurgeWorkerData } from './commands/incident/purge/suspect-jobs.ts'
import { serveJobs } from './system/serve-jobs.ts'

await serveJobs(data => createPurgeWorkerJobs(data as PurgeWorkerData))
