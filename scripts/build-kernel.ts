import { mkdir, rename } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import asc from 'assemblyscript/asc'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Compiles the WebAssembly part of the search kernel to `<outDir>/search.wasm`, and returns that path. */
export async function buildKernel(outDir: string): Promise<string> {
  await mkdir(outDir, { recursive: true })
  const outFile = join(outDir, 'search.wasm')
  // Renamed when it is whole, as several tests may build at once.
  const draft = `${outFile}.${Math.random().toString(36).slice(2)}`
  const { error, stderr } = await asc.main([
    ...['search', 'hits', 'runs'].map(name => `src/kernel/assembly/${name}.ts`),
    ...['--baseDir', root, '--outFile', relative(root, draft)],
    // No garbage collector and no memory of its own: wasm-kernel.ts provides and lays out the memory.
    ...['--runtime', 'stub', '--importMemory', '--noAssert', '--use', 'abort=', '--enable', 'simd'],
    '-O3',
  ])
  if (error) throw new Error(`The kernel does not compile: ${error.message}\n${stderr.toString()}`)
  await rename(draft, outFile)
  return outFile
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(await buildKernel(join(root, 'build/kernel')))
}
