/** Milliseconds that only go forward, from no particular start. `performance.now()` would load a module of 5 ms for it. */
export function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime()
  return seconds * 1000 + nanoseconds / 1e6
}
