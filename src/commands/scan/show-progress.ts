import { monotonicMs } from '../../system/clock.ts'

/** Not shown before: most scans are over by then. */
const FIRST_MS = 700
const EVERY_MS = 100

export interface Progress {
  /**
   * Tells how much of a step's work is done or begun.
   * @param bytes that the whole step reads, where it is known
   */
  show(step: string, done: number, all: number, bytes?: number): void
  /** Takes the line away. */
  end(): void
}

/** One line on a terminal: the step, how far it is, how fast it reads, and the time that is left if it goes on like this. */
export function createProgress(write: (text: string) => void, now: () => number = monotonicMs): Progress {
  const started = now()
  let step = { name: '', began: started }
  let shown = 0
  return {
    show(name, done, all, bytes = 0) {
      const at = now()
      if (name !== step.name) step = { name, began: at }
      if (at - started < FIRST_MS || at - shown < EVERY_MS) return
      shown = at
      write(`\r\x1b[K${name}: ${describe(done / all, bytes, (at - step.began) / 1000)}`)
    },
    end() {
      if (shown > 0) write('\r\x1b[K')
    },
  }
}

function describe(share: number, bytes: number, seconds: number): string {
  const percent = `${Math.floor(100 * share)} %`
  if (seconds <= 0 || share === 0) return percent
  const rate = (bytes * share) / seconds / 1e6
  const speed = rate > 0 ? `, ${rate.toFixed(rate < 10 ? 1 : 0)} MB/s` : ''
  return `${percent}${speed}, ${Math.ceil((seconds * (1 - share)) / share)} s left`
}
