/**
 * Shows that regexes lose nothing by running only around their literals: runs each on whole files too, and lists the
 * rules for which the two differ. Minutes for a hundred megabytes.
 *
 *   npx tsx bench/windows.ts DIR…          after `npm run build`
 */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Candidate } from '../src/engine/candidate.ts'
import { createHitFilter } from '../src/engine/hit-filter.ts'
import { createRegexSearch } from '../src/engine/regex-search.ts'
import { indexRules } from '../src/engine/rule-index.ts'
import { decodeAutomaton } from '../src/kernel/encode-automaton.ts'
import { compileKernel, loadKernel } from '../src/kernel/load-kernel.ts'
import type { Program } from '../src/program.ts'
import { decodeProgram } from '../src/rules/lazy-rules.ts'
import { readBuilt } from '../src/system/assets.ts'

const LARGEST = 2 * 1024 * 1024

const program: Program = decodeProgram(readBuilt('rules.bin'))
const kernel = loadKernel(
  decodeAutomaton(readBuilt('automaton.bin')),
  compileKernel(readBuilt('search.wasm')),
  { filter: createHitFilter(program) },
)
const index = indexRules(program, () => true)
const search = createRegexSearch(program.rules, index.sets, () => performance.now())
const regexes = program.rules.map(({ matcher }) =>
  matcher?.kind === 'regex' ? new RegExp(matcher.source, 'g') : undefined,
)
/** Rule → matches in whole files, lost ones, ones with another end, and ones that only the windows find. */
const counts = new Map<string, { whole: number; lost: number; shorter: number; more: number }>()
let bytes = 0

for (const directory of process.argv.slice(2)) {
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && !entry.parentPath.includes('.git')) compare(join(entry.parentPath, entry.name))
  }
}
console.log(`${(bytes / 1e6).toFixed(0)} MB, ${counts.size} rules with matches`)
const total = { whole: 0, lost: 0, shorter: 0, more: 0 }
for (const [rule, count] of counts) {
  for (const key of ['whole', 'lost', 'shorter', 'more'] as const) total[key] += count[key]
  if (count.lost + count.shorter + count.more > 0) console.log(rule, count)
}
console.log('all rules', total)

function compare(path: string): void {
  const content = readFileSync(path)
  if (content.length > LARGEST || content.subarray(0, 8000).includes(0)) return
  bytes += content.length
  const text = content.toString('latin1')
  const found = searchWindows(content)
  for (const [rule, regex] of regexes.entries()) {
    if (!regex) continue
    const own = found.filter(candidate => candidate.rule === rule)
    const whole = Array.from(
      text.matchAll(regex),
      ({ index, 0: { length } }) => [index, index + length] as const,
    )
    if (own.length + whole.length === 0) continue
    const count = counts.get(program.rules[rule]!.id) ?? { whole: 0, lost: 0, shorter: 0, more: 0 }
    counts.set(program.rules[rule]!.id, count)
    count.whole += whole.length
    for (const [start, end] of whole) {
      const same = own.find(other => other.start < end && start < other.end)
      if (!same) {
        count.lost++
        console.log(`lost: ${program.rules[rule]!.id} in ${path} at ${start}`)
      } else if (same.start !== start || same.end !== end) count.shorter++
    }
    count.more += own.filter(o => !whole.some(([start, end]) => o.start < end && start < o.end)).length
  }
}

function searchWindows(content: Buffer): Candidate[] {
  const candidates: Candidate[] = []
  const input = kernel.input(content.length)
  input.set(content)
  const hits = kernel.search(input, content.length)
  search.begin(input, candidates, Infinity)
  for (let i = 0; i < hits.count; i++) {
    const literal = hits.literals[i]!
    const end = hits.starts[i]! + program.literals[literal]!.length
    for (const role of index.regexRolesOf(literal)) search.add(role, hits.starts[i]!, end)
  }
  for (const rule of index.unanchored) search.addWhole(rule)
  search.finish()
  return candidates
}
