/** Sources and rules → dist/: the bundle, the compiled rules with their automaton, the WebAssembly kernel, the types. */
import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { readBuiltInRules } from '../src/commands/rule-files.ts'
import { compileRun } from '../src/commands/run/compile-run.ts'
import { selectForBinary } from '../src/engine/binary-rules.ts'
import { decoderLiterals } from '../src/engine/decoding/index.ts'
import { createHitFilter } from '../src/engine/hit-filter.ts'
import { prepareRules } from '../src/engine/prepare-rules.ts'
import { findOverlap } from '../src/kernel/blocks.ts'
import { encodeAutomaton } from '../src/kernel/encode-automaton.ts'
import { encodeKernelImage } from '../src/kernel/kernel-image.ts'
import { tablesOfAutomaton } from '../src/kernel/tables-of-automaton.ts'
import type { Automaton } from '../src/kernel/types.ts'
import { instantiate } from '../src/kernel/wasm-memory.ts'
import type { Program } from '../src/program.ts'
import { compileProgram } from '../src/rules/compile-program.ts'
import { encodeProgram } from '../src/rules/lazy-rules.ts'
import { buildRuleAutomaton } from '../src/rules/rule-automaton.ts'
import { buildCode, compileHook } from './build-code.ts'
import { buildKernel } from './build-kernel.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = `${root}dist`
/** Loaded from where the user has installed them. */
const optionalPeers = ['@aws-sdk/client-secrets-manager', '@aws-sdk/client-ssm', 'google-auth-library']

rmSync(dist, { recursive: true, force: true })
mkdirSync(dist)
await Promise.all([
  bundle(),
  buildCode(dist),
  buildKernel(dist).then(compileRules),
  buildGitCore(),
  emitTypes(),
])
compileHook(dist)
await compileRun()

async function bundle(): Promise<void> {
  await build({
    entryPoints: ['main', 'index', 'scan-worker', 'history-worker', 'purge-worker'].map(
      name => `${root}src/${name}.ts`,
    ),
    outdir: dist,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    minifySyntax: true,
    minifyWhitespace: true,
    chunkNames: '[name]-[hash]',
    legalComments: 'linked',
    define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' },
    // Ink would load it under DEV=true.
    external: ['react-devtools-core', ...optionalPeers],
    // Bundled CommonJS packages call `require` for Node's own modules.
    banner: {
      js: "import{createRequire as createRequireOfBundle}from'node:module';const require=createRequireOfBundle(import.meta.url);",
    },
  })
}

/** In a process of its own, as the compiler takes all of a thread for seconds. */
async function buildGitCore(): Promise<void> {
  const script = `${root}scripts/build-git-core.ts`
  await promisify(execFile)(process.execPath, ['--import', 'tsx', script, dist], { cwd: root })
}

function compileRules(): void {
  const program = compileProgram(readBuiltInRules(), decoderLiterals)
  writeFileSync(`${dist}/rules.bin`, encodeProgram(program, prepareRules(program)))
  const automaton = buildRuleAutomaton(program)
  writeFileSync(`${dist}/automaton.bin`, encodeAutomaton(automaton))
  writeImage('kernel.img', automaton, program)
  const ofBinary = selectForBinary(program)
  const isSought = (literal: number) => ofBinary.literals.has(literal)
  writeImage('kernel-binary.img', buildRuleAutomaton(program, isSought), ofBinary.program)
}

function writeImage(name: string, automaton: Automaton, program: Program): void {
  const tables = tablesOfAutomaton(automaton, createHitFilter(program), findOverlap(automaton))
  const module = new WebAssembly.Module(readFileSync(`${dist}/search.wasm`))
  writeFileSync(`${dist}/${name}`, encodeKernelImage(instantiate(tables, module, 0), tables.layout))
}

async function emitTypes(): Promise<void> {
  const args = [`${root}node_modules/typescript/bin/tsc`, '-p', `${root}tsconfig.types.json`]
  await promisify(execFile)(process.execPath, args)
}
