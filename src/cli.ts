#!/usr/bin/env node
/**
 * The way in. `stanch run` stands before every start of somebody's program, so its ordinary case is in one file
 * (run-code.ts), compiled already for the Node that the build ran with. All else is the whole program (main.ts).
 */
import type { Context } from './commands/context.ts'
import { assetPath } from './system/assets.ts'
import { compileLate } from './system/compile-late.ts'
import { loadCode } from './system/load-code.ts'
import { letYoungGenerationGrow } from './system/young-generation.ts'

type RunCode = typeof import('./run-code.ts')

/** A stream costs a millisecond or two to open, and the command has its own. */
const context: Context = {
  get stdout() {
    return process.stdout
  },
  get stderr() {
    return process.stderr
  },
  get stdin() {
    return process.stdin
  },
  env: process.env,
  cwd: process.cwd(),
  now: () => new Date(process.env.STANCH_NOW || Date.now()),
}

const exitCode = process.argv[2] === 'run' ? await startQuickly() : undefined
if (exitCode === undefined) await startWhole()
else process.exitCode = exitCode

function startQuickly(): Promise<number | undefined> {
  return loadCode<RunCode>('run-code').runQuickly(process.argv.slice(3), context)
}

function startWhole(): Promise<unknown> {
  // V8 takes compiled code only with the options that it was compiled with: who compiles (`hook install`, `vault init`) keeps its own.
  if (process.argv.includes('scan')) {
    compileLate()
    // A scan that keeps more than a working tree's lets it.
    letYoungGenerationGrow(false)
  }
  return import(assetPath('dist/main.js'))
}
