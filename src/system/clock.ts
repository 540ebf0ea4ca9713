/** Milliseconds that only go forward, from no particular start. `performance.now()` would load a module of 5 ms for it. */
export function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime()
  return seconds * 1000 + nanoseconds / 1e6
}

/** From this time between two questions on the system is asked how much of it was the processor's, which takes 25 µs. */
const UNASKED_MS = 2

/**
 * A clock of the milliseconds that this process keeps processors busy, which counts shorter moments as they pass. Where
 * it has one thread, that tells what something takes on a machine that others use, too.
 */
export function createProcessorClock(wall = monotonicMs, processor = processorMs): () => number {
  let calledAt = wall()
  let told = 0
  let start: number | undefined
  return () => {
    const now = wall()
    const passed = now - calledAt
    calledAt = now
    if (passed < UNASKED_MS) told += passed
    else {
      const busy = processor()
      start ??= busy - told - UNASKED_MS
      told = Math.min(Math.max(told, busy - start), told + passed)
    }
    return told
  }
}

function processorMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
