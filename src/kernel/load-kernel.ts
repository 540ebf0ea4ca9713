import { createJsKernel } from './js-kernel.ts'
import type { Automaton, Kernel, KernelOptions } from './types.ts'
import { createWasmKernel } from './wasm-kernel.ts'

/** The compiled `assembly/`, which threads can share; undefined where WebAssembly is switched off. */
export function compileKernel(wasmBytes: Uint8Array): WebAssembly.Module | undefined {
  try {
    return new WebAssembly.Module(wasmBytes)
  } catch {
    // Whatever the reason, the other kernel needs nothing of it.
    return undefined
  }
}

/**
 * The fastest kernel that this process can run: without a module, and where there is no memory left for WebAssembly,
 * the plain JavaScript kernel finds the same.
 */
export function loadKernel(
  automaton: Automaton,
  module: WebAssembly.Module | undefined,
  options: KernelOptions = {},
): Kernel {
  if (!module) return createJsKernel(automaton, options)
  try {
    return createWasmKernel(automaton, module, options)
  } catch {
    return createJsKernel(automaton, options)
  }
}
