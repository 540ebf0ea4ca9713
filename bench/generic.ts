/**
 * What generic detection costs: the engine over the same files with all rules, without the two rules of values that have no form,
 * and with all rules but a judge that never asks the model, in turn.
 *
 *   npx tsx bench/generic.ts [--runs 5] DIR…          after `npm run build`
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { loadGenericJudge } from '../src/commands/generic-judge.ts'
import { readBuiltInRules } from '../src/commands/rule-files.ts'
import { checksums } from '../src/engine/checksums/index.ts'
import { decoderLiterals } from '../src/engine/decoding/index.ts'
import { createHitFilter } from '../src/engine/hit-filter.ts'
import type { JudgeGeneric } from '../src/engine/judge.ts'
import { createScanner, type Scanner } from '../src/engine/scanner.ts'
import { buildAutomaton } from '../src/kernel/build-automaton.ts'
import { compileKernel, loadKernel } from '../src/kernel/load-kernel.ts'
import type { Content } from '../src/model.ts'
import { compileProgram } from '../src/rules/compile-program.ts'
import type { NamedRuleFile } from '../src/rules/rule-file.ts'
import { readBuilt } from '../src/system/assets.ts'

const LARGEST = 4 * 1024 * 1024
const formless = ['generic-password', 'generic-api-key']

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '5' } },
})
const files = readBuiltInRules()
const { judge } = loadGenericJudge()
const contents = positionals.flatMap(readContents)
const bytes = contents.reduce((sum, content) => sum + content.bytes.length, 0)
const sides = [
  createSide('all rules', files, judge),
  createSide('without generic rules', files.map(withoutFormless), judge),
  createSide('without the model', files, () => 0),
]

for (let run = 0; run <= Number(values.runs); run++) {
  for (const side of sides) {
    const start = process.cpuUsage()
    for (const content of contents) side.scan(content)
    const { user, system } = process.cpuUsage(start)
    // The first run compiles.
    if (run > 0) side.seconds.push((user + system) / 1e6)
  }
}
console.log(`${contents.length} files, ${(bytes / 1e6).toFixed(1)} MB, median of ${values.runs}, CPU`)
for (const { name, seconds } of sides) {
  const median = seconds.toSorted((a, b) => a - b)[seconds.length >> 1] ?? 0
  console.log(`${name}: ${median.toFixed(3)} s, ${(bytes / 1e6 / median).toFixed(0)} MB/s`)
}

function createSide(name: string, rules: readonly NamedRuleFile[], judgeGeneric: JudgeGeneric) {
  return { name, scan: createEngine(rules, judgeGeneric), seconds: [] as number[] }
}

function withoutFormless(named: NamedRuleFile): NamedRuleFile {
  const rules = named.file.rules.filter(({ id }) => !formless.includes(id))
  return { ...named, file: { ...named.file, rules } }
}

function createEngine(rules: readonly NamedRuleFile[], judgeGeneric: JudgeGeneric): Scanner['scan'] {
  const program = compileProgram(rules, decoderLiterals)
  const kernel = loadKernel(buildAutomaton(program.literals), compileKernel(readBuilt('search.wasm')), {
    filter: createHitFilter(program),
  })
  return createScanner(program, kernel, { checksums, judgeGeneric }).scan
}

function readContents(directory: string): Content[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true }).flatMap(entry => {
    const path = join(entry.parentPath, entry.name)
    if (!entry.isFile() || path.includes('/.git/')) return []
    const read = readFileSync(path)
    return read.length > LARGEST ? [] : [{ bytes: read, path, origin: { kind: 'file', path, tracked: true } }]
  })
}
