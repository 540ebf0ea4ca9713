/**
 * Records what programs make of .env texts, as fixtures, where a test should not need the program's tools: Docker Compose's and
 * Docker's own readers, which are in Go, and dotenv for Ruby, whose gem no Debian has in a version of today.
 *
 *   npx tsx scripts/record-dotenv.ts            with Go installed; versions are those of dotenv-oracles/go.mod
 *   npx tsx scripts/record-dotenv.ts ruby LIB   with Ruby installed; LIB is the folder lib of the gem, whose version is told
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { constructs } from '../test/dotenv/constructs.ts'
import { envText } from '../test/dotenv/env-text.ts'

type Results = readonly (Readonly<Record<string, string | null>> | null)[]

const source = fileURLToPath(new URL('dotenv-oracles/', import.meta.url))
const fixtures = fileURLToPath(new URL('../fixtures/dotenv/', import.meta.url))
const texts = [...new Set([...constructs, ...fc.sample(envText, { numRuns: 600, seed: 8 })])]
const input = JSON.stringify(texts)

const [language, lib = ''] = process.argv.slice(2)
if (language === 'ruby') recordRuby()
else recordGo()

function recordRuby(): void {
  const output = execFileSync('ruby', ['-E', 'UTF-8', '-I', lib, join(source, 'ruby.rb')], { input })
  const { version, results } = JSON.parse(output.toString())
  write(`ruby-${version}`, results)
}

function recordGo(): void {
  const modules = readFileSync(join(source, 'go.mod'), 'utf8')
  const oracles = { compose: 'compose-go/v2', docker: 'docker/cli' }
  const folder = mkdtempSync(join(tmpdir(), 'dotenv-oracles-'))
  try {
    const program = join(folder, 'oracle')
    execFileSync('go', ['build', '-o', program, '.'], { cwd: source, stdio: 'inherit' })
    for (const [name, module] of Object.entries(oracles)) {
      const version = new RegExp(`/${module} v([\\d.]+)`).exec(modules)?.[1]
      write(`${name}-${version}`, JSON.parse(execFileSync(program, [name], { input }).toString()))
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** A line a text, so that a change shows what changed. */
function write(name: string, results: Results): void {
  const lines = texts.map((text, at) => JSON.stringify([text, results[at]]))
  writeFileSync(join(fixtures, `${name}.json`), `[\n${lines.join(',\n')}\n]\n`)
}
