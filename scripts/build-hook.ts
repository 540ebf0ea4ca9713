import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What the hook needs each time although the program loads it on use. */
const inHere = /\/(?:scan-staged|read-settings)\.ts$/

/** To load anything else is an error that src/hook.ts understands. */
const onUse: Plugin = {
  name: 'on-use',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\./ }, ({ kind, path }) =>
      kind === 'dynamic-import' && !inHere.test(path) ? { path, namespace: 'on-use' } : undefined,
    )
    onLoad({ filter: /./, namespace: 'on-use' }, ({ path }) => ({
      contents: `throw Object.assign(new Error('${path} is not in here'), { code: 'STANCH_ON_USE' })`,
    }))
  },
}

/** src/hook.ts → `dist/hook.cjs`. One file, and CommonJS: Node loads a graph of ES modules 20 ms slower. */
export async function buildHook(dist: string): Promise<void> {
  await build({
    entryPoints: [`${root}src/hook.ts`],
    outfile: `${dist}/hook.cjs`,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20.19',
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    plugins: [onUse],
    define: { 'import.meta.url': 'fileUrl', 'process.env.NODE_ENV': '"production"' },
    banner: { js: "const fileUrl=require('node:url').pathToFileURL(__filename).href;" },
  })
}
