/** What benches of the engine share: files in memory, an engine with some rules, and sides that run in turn. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checksums } from '../src/engine/checksums/index.ts'
import { decoderLiterals } from '../src/engine/decoding/index.ts'
import { createHitFilter } from '../src/engine/hit-filter.ts'
import type { JudgeGeneric } from '../src/engine/judge.ts'
import { createScanner, type Scanner } from '../src/engine/scanner.ts'
import { compileKernel, loadKernel } from '../src/kernel/load-kernel.ts'
import type { Content } from '../src/model.ts'
import { compileProgram } from '../src/rules/compile-program.ts'
import { buildRuleAutomaton } from '../src/rules/rule-automaton.ts'
import type { NamedRuleFile } from '../src/rules/rule-file.ts'
import { readBuilt } from '../src/system/assets.ts'

const LARGEST = 4 * 1024 * 1024

export interface Side {
  name: string
  scan: Scanner['scan']
}

export function createEngine(rules: readonly NamedRuleFile[], judgeGeneric: JudgeGeneric): Scanner['scan'] {
  const program = compileProgram(rules, decoderLiterals)
  const kernel = loadKernel(buildRuleAutomaton(program), compileKernel(readBuilt('search.wasm')), {
    filter: createHitFilter(program),
  })
  return createScanner(program, kernel, { checksums, judgeGeneric }).scan
}

/** So few files that the sides take turns many times a second, and other programs slow all of them alike. */
const TURN = 64

/**
 * Prints the median of the processor time that each side takes over all files of the directories, and the median of its
 * ratio to the first side in the same run.
 */
export function compareSides(
  sides: readonly Side[],
  directories: readonly string[],
  runs: number,
  beforeRun = () => {},
): void {
  const contents = directories.flatMap(readContents)
  const megabytes = contents.reduce((sum, content) => sum + content.bytes.length, 0) / 1e6
  // The first run compiles.
  const times = Array.from({ length: runs + 1 }, () => {
    beforeRun()
    return timeSides(sides, contents)
  }).slice(1)
  console.log(`${contents.length} files, ${megabytes.toFixed(1)} MB, median of ${runs}, CPU`)
  for (const [i, { name }] of sides.entries()) {
    const seconds = medianOf(times.map(run => run[i] ?? 0))
    const ratio = medianOf(times.map(run => (run[i] ?? 0) / (run[0] ?? 0)))
    console.log(
      `${name}: ${seconds.toFixed(3)} s, ${(megabytes / seconds).toFixed(0)} MB/s, ratio ${ratio.toFixed(3)}`,
    )
  }
}

/** Seconds of each side. Another one goes first in each turn: it brings the files into the processor's cache. */
function timeSides(sides: readonly Side[], contents: readonly Content[]): number[] {
  const seconds = sides.map(() => 0)
  for (let from = 0; from < contents.length; from += TURN) {
    const turn = contents.slice(from, from + TURN)
    const first = (from / TURN) % sides.length
    const order = [...sides.keys()].map(at => (at + first) % sides.length)
    for (const i of order) {
      const { scan } = sides[i]!
      const start = process.cpuUsage()
      for (const content of turn) scan(content)
      const { user, system } = process.cpuUsage(start)
      seconds[i] = (seconds[i] ?? 0) + (user + system) / 1e6
    }
  }
  return seconds
}

function medianOf(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0
}

function readContents(directory: string): Content[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true }).flatMap(entry => {
    const path = join(entry.parentPath, entry.name)
    if (!entry.isFile() || path.includes('/.git/')) return []
    const read = readFileSync(path)
    return read.length > LARGEST ? [] : [{ bytes: read, path, origin: { kind: 'file', path, tracked: true } }]
  })
}
