import { createJsKernel } from './js-kernel.ts'
import type { Automaton, Kernel, KernelOptions } from './types.ts'
import { createWasmKernel } from './wasm-kernel.ts'

/**
 * The fastest kernel that this process can run. `wasmBytes` is the compiled `assembly/search.ts`; without it, and
 * where WebAssembly is switched off or has no memory left, the plain JavaScript kernel finds the same.
 */
export function loadKernel(
  automaton: Automaton,
  wasmBytes: Uint8Array | undefined,
  options: KernelOptions = {},
): Kernel {
  if (!wasmBytes) return createJsKernel(automaton, options)
  try {
    return createWasmKernel(automaton, new WebAssembly.Module(wasmBytes), options)
  } catch {
    // Whatever the reason, the other kernel needs nothing of it.
    return createJsKernel(automaton, options)
  }
}
