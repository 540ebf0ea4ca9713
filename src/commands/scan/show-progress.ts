import { monotonicMs } from '../../system/clock.ts'

/** Not shown before: most scans are over by then. */
const FIRST_MS = 700
const EVERY_MS = 100

export interface Progress {
  /** Tells that so many of all jobs of a step are done or begun. */
  show(step: string, done: number, count: number): void
  /** Takes the line away. */
  end(): void
}

/** One line on a terminal: the step, how far it is, jobs a second, and the time that is left if it goes on like this. */
export function createProgress(write: (text: string) => void, now: () => number = monotonicMs): Progress {
  const started = now()
  let step = { name: '', began: started }
  let shown = 0
  return {
    show(name, done, count) {
      const at = now()
      if (name !== step.name) step = { name, began: at }
      if (at - started < FIRST_MS || at - shown < EVERY_MS) return
      shown = at
      write(`\r\x1b[K${name}: ${describe(done, count, (at - step.began) / 1000)}`)
    },
    end() {
      if (shown > 0) write('\r\x1b[K')
    },
  }
}

function describe(done: number, count: number, seconds: number): string {
  const share = `${Math.floor((100 * done) / count)} %`
  if (seconds <= 0 || done === 0) return share
  const rate = done / seconds
  return `${share}, ${rate.toFixed(rate < 10 ? 1 : 0)} parts/s, ${Math.ceil((count - done) / rate)} s left`
}
