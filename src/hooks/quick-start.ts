/**
 * How Node is started for a hook that is over after 20 ms: nothing is compiled for speed that will not pay any more, and no
 * young object is looked after. V8 takes compiled code only with the options that it was compiled with.
 */
export const quickStart: readonly string[] = [
  '--no-opt',
  '--no-sparkplug',
  '--wasm-tiering-budget=1000000000',
  '--wasm-lazy-compilation',
  '--min-semi-space-size=16',
  '--v8-pool-size=1',
  '--preserve-symlinks-main',
]
