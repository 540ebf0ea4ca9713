/** Milliseconds that only go forward, from no particular start. `performance.now()` would load a module of 5 ms for it. */
export function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime()
  return seconds * 1000 + nanoseconds / 1e6
}

/** So much time of the wall is taken for time of the processor before the system is asked, which takes 25 µs. */
const UNASKED_MS = 2

/**
 * A clock of the milliseconds that this process keeps processors busy, too far on by 2 at most. Where it has one
 * thread, that tells what something takes on a machine that others use, too.
 */
export function createProcessorClock(wall = monotonicMs, processor = processorMs): () => number {
  let askedAt = wall()
  let told = 0
  let start: number | undefined
  return () => {
    const passed = wall() - askedAt
    if (passed < UNASKED_MS) return told + passed
    const now = processor()
    start ??= now - UNASKED_MS
    askedAt += passed
    told = now - start
    return told
  }
}

function processorMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
