import type { Worker } from 'node:worker_threads'

/** Workers that wait between two calls of `runJobs`. They keep nothing from ending: neither the process nor a scan. */
export class WorkerCrew {
  readonly #waiting = new Map<number, Worker>()

  /** Whether somebody waits. */
  get isReady(): boolean {
    return this.#waiting.size > 0
  }

  keep(thread: number, worker: Worker): void {
    forget(worker)
    // One that dies now is not missed before it is taken.
    worker.once('error', () => this.#waiting.delete(thread))
    worker.once('exit', () => this.#waiting.delete(thread))
    worker.unref()
    this.#waiting.set(thread, worker)
  }

  holds(thread: number): boolean {
    return this.#waiting.has(thread)
  }

  take(thread: number): Worker | undefined {
    const worker = this.#waiting.get(thread)
    this.#waiting.delete(thread)
    if (!worker) return undefined
    forget(worker)
    worker.ref()
    return worker
  }

  async dismiss(): Promise<void> {
    const workers = [...this.#waiting.values()]
    this.#waiting.clear()
    await Promise.all(workers.map(worker => worker.terminate()))
  }
}

/** Not all listeners: some are of Node itself. */
function forget(worker: Worker): void {
  worker.removeAllListeners('error')
  worker.removeAllListeners('exit')
}
