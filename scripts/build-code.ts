import { execFileSync } from 'node:child_process'
import { chmodSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type BuildOptions, build, type Plugin } from 'esbuild'
import { quickStart } from '../src/hooks/quick-start.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What each needs often although the program loads it on use. */
const inHere = {
  'hook-code': /\/(?:scan-staged|read-settings)\.ts$/,
  'run-code': /\/(?:read-settings|local-vault|env|file|memory)\.ts$/,
}

/** To load anything else is an error, after which src/hook.ts or src/cli.ts starts the whole program. */
const onUse = (name: keyof typeof inHere): Plugin => ({
  name: 'on-use',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\./ }, ({ kind, path }) =>
      kind === 'dynamic-import' && !inHere[name].test(path) ? { path, namespace: 'on-use' } : undefined,
    )
    onLoad({ filter: /./, namespace: 'on-use' }, ({ path }) => ({
      contents: `throw new Error('${path} is not in here')`,
    }))
  },
})

/** What of Node takes a millisecond or more to load, as it stands in for it; a `require` is at hand. */
const standIns: Readonly<Record<string, string>> = {
  'node:module': 'export const createRequire = () => require',
  // Loaded on use, with all their streams.
  'node:zlib': loadedOnUse('zlib'),
  'node:child_process': loadedOnUse('child_process'),
}

/** Wrappers for a module's functions and tables of constants; its classes are not in it. */
function loadedOnUse(name: 'zlib' | 'child_process'): string {
  const own = `process.getBuiltinModule('node:${name}')`
  return Object.entries(process.getBuiltinModule(`node:${name}`))
    .filter(([member]) => /^[a-z]\w*$/.test(member))
    .map(([member, value]) =>
      typeof value === 'function'
        ? `export const ${member} = (...args) => ${own}.${member}(...args)`
        : `export const ${member} = new Proxy({}, { get: (_, key) => ${own}.${member}[key] })`,
    )
    .join('\n')
}

const lightNode: Plugin = {
  name: 'light-node',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:(?:module|zlib|child_process)$/ }, ({ path }) => ({
      path,
      namespace: 'light-node',
    }))
    onLoad({ filter: /./, namespace: 'light-node' }, ({ path }) => ({ contents: standIns[path] ?? '' }))
  },
}

/**
 * `dist/cli.js`, `dist/hook.cjs`, and what they load: `dist/run-code.js`, `dist/hook-code.js`. Those are no ES modules: Node
 * loads a graph of them 20 ms slower.
 */
export async function buildCode(dist: string): Promise<void> {
  const shared: BuildOptions = {
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    // Only a `require` would be made of the address.
    define: {
      'import.meta.dirname': 'folder',
      'import.meta.url': '""',
      'process.env.NODE_ENV': '"production"',
    },
  }
  await build({
    ...shared,
    entryPoints: [`${root}src/hook.ts`],
    outfile: `${dist}/hook.cjs`,
    format: 'cjs',
    define: { 'import.meta.dirname': '__dirname' },
    plugins: [lightNode],
  })
  await build({
    ...shared,
    define: {},
    entryPoints: [`${root}src/cli.ts`],
    outfile: `${dist}/cli.js`,
    format: 'esm',
  })
  chmodSync(`${dist}/cli.js`, 0o755)
  for (const name of ['hook-code', 'run-code'] as const)
    await build({
      ...shared,
      entryPoints: [`${root}src/${name}.ts`],
      outfile: `${dist}/${name}.js`,
      format: 'iife',
      globalName: 'code',
      plugins: [onUse(name), lightNode],
      banner: { js: '((require,folder)=>{' },
      footer: { js: 'return code})' },
    })
}

/** When all else is built. */
export function compileHook(dist: string): void {
  for (const options of [quickStart, []])
    execFileSync(process.execPath, [...options, `${dist}/cli.js`, 'hook', 'compile'], { stdio: 'inherit' })
}
