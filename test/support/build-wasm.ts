import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildKernel } from '../../scripts/build-kernel.ts'

/** The compiled WebAssembly part of the kernel. */
export async function buildWasm(): Promise<Uint8Array> {
  return readFileSync(await buildKernel(join(tmpdir(), `stanch-kernel-${process.pid}`)))
}
