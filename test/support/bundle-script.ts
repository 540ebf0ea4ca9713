import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

/** A script next to a test, named from test/support, as one file that a worker thread can run. */
export async function bundleScript(name: string): Promise<URL> {
  const entry = fileURLToPath(new URL(name, import.meta.url))
  const outfile = join(mkdtempSync(join(tmpdir(), 'stanch-script-')), `${basename(name, '.ts')}.mjs`)
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
  })
  return pathToFileURL(outfile)
}
