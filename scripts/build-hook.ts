import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type BuildOptions, build, type Plugin } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What the hook needs each time although the program loads it on use. */
const inHere = /\/(?:scan-staged|read-settings)\.ts$/

/** To load anything else is an error, after which src/hook.ts starts the whole program. */
const onUse: Plugin = {
  name: 'on-use',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\./ }, ({ kind, path }) =>
      kind === 'dynamic-import' && !inHere.test(path) ? { path, namespace: 'on-use' } : undefined,
    )
    onLoad({ filter: /./, namespace: 'on-use' }, ({ path }) => ({
      contents: `throw new Error('${path} is not in here')`,
    }))
  },
}

/** `dist/hook.cjs` and `dist/hook-code.js`. Not ES modules: Node loads a graph of them 20 ms slower. */
export async function buildHook(dist: string): Promise<void> {
  const shared: BuildOptions = {
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    define: { 'import.meta.url': 'fileUrl', 'process.env.NODE_ENV': '"production"' },
  }
  await build({
    ...shared,
    entryPoints: [`${root}src/hook.ts`],
    outfile: `${dist}/hook.cjs`,
    format: 'cjs',
    banner: { js: "const fileUrl=require('node:url').pathToFileURL(__filename).href;" },
  })
  await build({
    ...shared,
    entryPoints: [`${root}src/hook-code.ts`],
    outfile: `${dist}/hook-code.js`,
    format: 'iife',
    globalName: 'code',
    plugins: [onUse],
    banner: { js: '((require,fileUrl)=>{' },
    footer: { js: 'return code})' },
  })
}

/** When all else is built. */
export function compileHook(dist: string): void {
  execFileSync(process.execPath, [`${dist}/cli.js`, 'hook', 'compile'], { stdio: 'inherit' })
}
