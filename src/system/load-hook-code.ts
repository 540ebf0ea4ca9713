import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Script } from 'node:vm'
import { assetPath } from './assets.ts'
import { writeFileAtomically } from './write-file-atomically.ts'

const CODE = 'dist/hook-code.js'
const CACHE = 'dist/hook-code.cache'

/** What `hook-code.ts` exports, from the file that the build made of it. */
export function loadHookCode<Exports>(): Exports {
  return runScript(makeScript(readIfThere(assetPath(CACHE))))
}

/** Whether the code is compiled for the Node that runs now. */
export function isHookCompiled(): boolean {
  const cache = readIfThere(assetPath(CACHE))
  return cache !== undefined && makeScript(cache).cachedDataRejected === false
}

/**
 * Writes down what V8 makes of the code for the Node that runs now, functions that `use` calls included: to compile them
 * anew takes a hook 10 ms each time.
 */
export async function compileHookCode<Exports>(use: (code: Exports) => Promise<unknown>): Promise<void> {
  const script = makeScript(undefined)
  await use(runScript(script))
  writeFileAtomically(assetPath(CACHE), script.createCachedData())
}

/** V8 looks at its version and flags, and passes over a cache that is not for it. */
function makeScript(cachedData: Buffer | undefined): Script {
  const filename = assetPath(CODE)
  return new Script(readFileSync(filename, 'latin1'), { filename, ...(cachedData ? { cachedData } : {}) })
}

/** The file is a function of `require` and its own address, which answers with its exports. */
function runScript<Exports>(script: Script): Exports {
  const file = assetPath(CODE)
  return script.runInThisContext()(createRequire(file), pathToFileURL(file).href)
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch {
    // Nobody has compiled for this Node.
    return undefined
  }
}
