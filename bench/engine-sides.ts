/** What benches of the engine share: files in memory, an engine with some rules, and sides that run in turn. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
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

export interface Side {
  name: string
  scan: Scanner['scan']
}

export function createEngine(rules: readonly NamedRuleFile[], judgeGeneric: JudgeGeneric): Scanner['scan'] {
  const program = compileProgram(rules, decoderLiterals)
  const kernel = loadKernel(buildAutomaton(program.literals), compileKernel(readBuilt('search.wasm')), {
    filter: createHitFilter(program),
  })
  return createScanner(program, kernel, { checksums, judgeGeneric }).scan
}

/** Prints the median of the processor time that each side takes over all files of the directories. */
export function compareSides(given: readonly Side[], directories: readonly string[], runs: number): void {
  const contents = directories.flatMap(readContents)
  const bytes = contents.reduce((sum, content) => sum + content.bytes.length, 0)
  const sides = given.map(side => ({ ...side, seconds: [] as number[] }))
  for (let run = 0; run <= runs; run++) {
    for (const side of sides) {
      const start = process.cpuUsage()
      for (const content of contents) side.scan(content)
      const { user, system } = process.cpuUsage(start)
      // The first run compiles.
      if (run > 0) side.seconds.push((user + system) / 1e6)
    }
  }
  console.log(`${contents.length} files, ${(bytes / 1e6).toFixed(1)} MB, median of ${runs}, CPU`)
  for (const { name, seconds } of sides) {
    const median = seconds.toSorted((a, b) => a - b)[seconds.length >> 1] ?? 0
    console.log(`${name}: ${median.toFixed(3)} s, ${(bytes / 1e6 / median).toFixed(0)} MB/s`)
  }
}

function readContents(directory: string): Content[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true }).flatMap(entry => {
    const path = join(entry.parentPath, entry.name)
    if (!entry.isFile() || path.includes('/.git/')) return []
    const read = readFileSync(path)
    return read.length > LARGEST ? [] : [{ bytes: read, path, origin: { kind: 'file', path, tracked: true } }]
  })
}
