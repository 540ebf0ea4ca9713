import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildGitCore } from '../../scripts/build-git-core.ts'
import { createGitCore, type GitCore } from '../../src/git/git-core.ts'

const sources = fileURLToPath(new URL('../../src/git/assembly/', import.meta.url))

/** Compiled once for each state of the sources, as the compiler takes seconds. */
export async function loadGitCoreBytes(): Promise<Buffer> {
  const hash = createHash('sha256')
  for (const name of readdirSync(sources).sort()) hash.update(readFileSync(join(sources, name)))
  const directory = join(tmpdir(), `stanch-git-core-${hash.digest('hex').slice(0, 16)}`)
  const file = join(directory, 'git.wasm')
  return readFileSync(existsSync(file) ? file : await buildGitCore(directory))
}

export async function loadGitCore(): Promise<GitCore> {
  return createGitCore(new WebAssembly.Module(await loadGitCoreBytes()))
}
