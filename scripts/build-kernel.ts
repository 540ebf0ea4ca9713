import { mkdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import asc from 'assemblyscript/asc'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Compiles the WebAssembly part of the search kernel to `<outDir>/search.wasm`, and returns that path. */
export async function buildKernel(outDir: string): Promise<string> {
  await mkdir(outDir, { recursive: true })
  const outFile = join(outDir, 'search.wasm')
  const { error, stderr } = await asc.main(
    [
      'src/kernel/assembly/search.ts',
      ...['--baseDir', root, '--outFile', relative(root, outFile)],
      // No garbage collector, no data of its own: the memory belongs to wasm-kernel.ts.
      ...['--runtime', 'stub', '--noAssert', '--use', 'abort=', '--importMemory'],
      ...['-O3', '--converge'],
    ],
    {},
  )
  if (error) throw new Error(`The kernel does not compile: ${error.message}\n${stderr.toString()}`)
  return outFile
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(await buildKernel(join(root, 'build/kernel')))
}
