/**
 * Every value that the generic rules could report, with what the model looks at: a JSON line each. train.py learns from them.
 *
 *   npx tsx bench/quality/candidates.ts DIR > candidates.jsonl
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readBuiltInRules } from '../../src/commands/rule-files.ts'
import { featuresOf, type GenericCandidate } from '../../src/engine/generic/features.ts'
import { Positions } from '../../src/engine/positions.ts'
import { createScanner } from '../../src/engine/scanner.ts'
import { buildAutomaton } from '../../src/kernel/build-automaton.ts'
import { createJsKernel } from '../../src/kernel/js-kernel.ts'
import { compileProgram } from '../../src/rules/compile-program.ts'

const program = compileProgram(readBuiltInRules())
let seen = new Map<number, GenericCandidate>()
const scanner = createScanner(program, createJsKernel(buildAutomaton(program.literals)), {
  isSelected: rule =>
    rule.matcher?.kind === 'assignment' && rule.matcher.judge !== undefined && rule.provider === 'generic',
  judgeGeneric: candidate => {
    seen.set(candidate.start, candidate)
    return 1
  },
})

const root = process.argv[2] ?? '.'
for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || entry.parentPath.includes('/.git')) continue
  const path = join(entry.parentPath, entry.name)
  const bytes = readFileSync(path)
  if (bytes.length > 20e6) continue
  seen = new Map()
  scanner.scan({
    bytes,
    path: `${entry.parentPath}/${entry.name}`.slice(root.length + 1),
    origin: { kind: 'file', path, tracked: true },
  })
  const positions = new Positions(bytes)
  for (const [start, candidate] of [...seen].sort(([a], [b]) => a - b)) {
    const { line, column } = positions.spanOf(start, start)
    const { value, before } = candidate
    const length = Buffer.from(value, 'latin1').toString('utf8').length
    console.log(
      JSON.stringify({
        path,
        line,
        start: column - 1,
        end: column - 1 + length,
        key: candidate.name,
        value,
        before,
        features: featuresOf(candidate),
      }),
    )
  }
}
