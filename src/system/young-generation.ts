/**
 * Whether V8's young generation may grow, on all threads, and with it what V8 lets the old one grow to. Where texts come and go it grows to
 * 32 MB a thread and gains hardly anything by that: 20 MB a thread on a large tree (bench/README.md).
 * A thread that starts lets all grow (V8's `ConfigureHeap`), so that it has to be told, too.
 */
export function letYoungGenerationGrow(mayGrow: boolean): void {
  // Loaded on use: most starts of `run` do without. 2 is V8's default.
  process.getBuiltinModule('node:v8').setFlagsFromString(`--semi-space-growth-factor=${mayGrow ? 2 : 1}`)
}
