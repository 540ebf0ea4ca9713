/**
 * Records what Docker Compose's and Docker's own readers make of .env texts, as fixtures: they are Go programs, and a test
 * should not need a Go toolchain. `npx tsx scripts/record-dotenv.ts`, with Go installed; versions are those of
 * dotenv-oracles/go.mod.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { constructs } from '../test/dotenv/constructs.ts'
import { envText } from '../test/dotenv/env-text.ts'

const source = fileURLToPath(new URL('dotenv-oracles/', import.meta.url))
const fixtures = fileURLToPath(new URL('../fixtures/dotenv/', import.meta.url))
const modules = readFileSync(join(source, 'go.mod'), 'utf8')
const oracles = { compose: 'compose-go/v2', docker: 'docker/cli' }

const folder = mkdtempSync(join(tmpdir(), 'dotenv-oracles-'))
try {
  const program = join(folder, 'oracle')
  execFileSync('go', ['build', '-o', program, '.'], { cwd: source, stdio: 'inherit' })
  const texts = [...new Set([...constructs, ...fc.sample(envText, { numRuns: 600, seed: 8 })])]
  for (const [name, module] of Object.entries(oracles)) {
    const version = new RegExp(`/${module} v([\\d.]+)`).exec(modules)?.[1]
    const input = JSON.stringify(texts)
    const results = JSON.parse(execFileSync(program, [name], { input }).toString())
    const lines = texts.map((text, at) => JSON.stringify([text, results[at]]))
    writeFileSync(join(fixtures, `${name}-${version}.json`), `[\n${lines.join(',\n')}\n]\n`)
  }
} finally {
  rmSync(folder, { recursive: true })
}
