/**
 * What generic detection costs: the engine over the same files with all rules, without the two rules of values that have no form,
 * and with all rules but a judge that never asks the model, in turn.
 *
 *   npx tsx bench/generic.ts [--runs 5] DIR…          after `npm run build`
 */
import { parseArgs } from 'node:util'
import { loadGenericJudge } from '../src/commands/generic-judge.ts'
import { readBuiltInRules } from '../src/commands/rule-files.ts'
import type { JudgeGeneric } from '../src/engine/judge.ts'
import type { NamedRuleFile } from '../src/rules/rule-file.ts'
import { compareSides, createEngine } from './engine-sides.ts'

const formless = ['generic-password', 'generic-api-key']

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '5' } },
})
const files = readBuiltInRules()
let judgeOfRun = loadGenericJudge().judge
const judge: JudgeGeneric = candidate => judgeOfRun(candidate)
const sides = [
  { name: 'without generic rules', scan: createEngine(files.map(withoutFormless), judge) },
  { name: 'all rules', scan: createEngine(files, judge) },
  { name: 'without the model', scan: createEngine(files, () => 0) },
]
compareSides(sides, positionals, Number(values.runs), forget)

/** A judge remembers what it judged: a run shall not know the values from the one before. */
function forget(): void {
  judgeOfRun = loadGenericJudge().judge
  judgeOfRun({ name: 'key', value: 'loads the model', start: 0, operator: '=', path: '' })
}

function withoutFormless(named: NamedRuleFile): NamedRuleFile {
  const rules = named.file.rules.filter(({ id }) => !formless.includes(id))
  return { ...named, file: { ...named.file, rules } }
}
