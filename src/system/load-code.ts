import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Script } from 'node:vm'
import { assetPath } from './assets.ts'
import { writeFileAtomically } from './write-file-atomically.ts'

/** Programs that start quickly: each is one file of dist/, and what V8 made of it. */
export type CodeName = 'hook-code' | 'run-code'

/** What the source of this name exports, from the file that the build made of it. */
export function loadCode<Exports>(name: CodeName): Exports {
  return runScript(name, makeScript(name, readIfThere(cachePath(name))))
}

/** Whether the code is compiled for the Node that runs now. */
export function isCompiled(name: CodeName): boolean {
  const cache = readIfThere(cachePath(name))
  return cache !== undefined && makeScript(name, cache).cachedDataRejected === false
}

/**
 * Writes down what V8 makes of the code for the Node that runs now, functions that `use` calls included: to compile them
 * anew takes 10 ms each time.
 */
export async function compileCode<Exports>(
  name: CodeName,
  use: (code: Exports) => Promise<unknown>,
): Promise<void> {
  const script = makeScript(name, undefined)
  await use(runScript(name, script))
  writeFileAtomically(cachePath(name), script.createCachedData())
}

/** V8 looks at its version and flags, and passes over a cache that is not for it. */
function makeScript(name: CodeName, cachedData: Buffer | undefined): Script {
  const filename = codePath(name)
  return new Script(readFileSync(filename, 'latin1'), { filename, ...(cachedData ? { cachedData } : {}) })
}

/** The file is a function of `require` and its own folder, which answers with its exports. */
function runScript<Exports>(name: CodeName, script: Script): Exports {
  const file = codePath(name)
  return script.runInThisContext()(createRequire(file), assetPath('dist'))
}

function codePath(name: CodeName): string {
  return assetPath(`dist/${name}.js`)
}

/** V8 takes what was compiled with the same options only. */
function cachePath(name: CodeName): string {
  return assetPath(`dist/${name}${process.execArgv.includes('--no-opt') ? '-quick' : ''}.cache`)
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch {
    // Nobody has compiled for this Node.
    return undefined
  }
}
