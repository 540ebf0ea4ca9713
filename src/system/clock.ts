/** Milliseconds that only go forward, from no particular start. `performance.now()` would load a module of 5 ms for it. */
export function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime()
  return seconds * 1000 + nanoseconds / 1e6
}

/**
 * Milliseconds that this process has kept processors busy. Where it has one thread, that tells what something takes on a
 * machine that others use, too.
 */
export function processorMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
