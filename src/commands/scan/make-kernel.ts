import { createHitFilter } from '../../engine/hit-filter.ts'
import { imageHeaderBytes, tablesOfImage } from '../../kernel/kernel-image.ts'
import { loadKernel } from '../../kernel/load-kernel.ts'
import type { Kernel } from '../../kernel/types.ts'
import { createKernelOn } from '../../kernel/wasm-kernel.ts'
import { openBuilt } from '../../system/assets.ts'
import type { LoadedRules } from './load-rules.ts'

/** The kernel for these rules; for the built-in ones from the images of its memory that the build has made. */
export function makeKernel(rules: LoadedRules, module: WebAssembly.Module | undefined): Kernel {
  const fromImage = rules.isBuiltIn && module ? makeBuilt(module) : undefined
  return fromImage ?? loadKernel(rules.automaton, module, { filter: createHitFilter(rules.program) })
}

function makeBuilt(module: WebAssembly.Module): Kernel | undefined {
  const kernel = makeFromImage('kernel.img', module)
  /** Most scans meet nothing binary. */
  let ofBinary: Kernel | undefined
  return (
    kernel && {
      ...kernel,
      searchBinary(bytes, length) {
        ofBinary ??= makeFromImage('kernel-binary.img', module) ?? kernel
        return ofBinary.search(bytes, length)
      },
    }
  )
}

function makeFromImage(name: string, module: WebAssembly.Module): Kernel | undefined {
  const { read } = openBuilt(name)
  const header = new Uint8Array(imageHeaderBytes)
  read(header, 0)
  const tables = tablesOfImage(header, read)
  try {
    return createKernelOn(tables, module)
  } catch {
    // No memory left for it: the plain kernel needs less at once.
    return undefined
  }
}
