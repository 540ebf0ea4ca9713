/**
 * What we use of the WebAssembly JavaScript interface (https://webassembly.github.io/spec/js-api/); TypeScript itself
 * declares it only together with the DOM.
 */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array)
  }
  class Instance {
    constructor(module: Module, imports?: Record<string, Record<string, unknown>>)
    readonly exports: Record<string, unknown>
  }
  class Memory {
    /** In pages of 65,536 bytes. */
    constructor(descriptor: { initial: number })
    readonly buffer: ArrayBuffer
  }
}
