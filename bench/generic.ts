/**
 * What generic detection costs: the engine over the same files with all rules, without the two rules of values that have no form,
 * and with all rules but a judge that never asks the model, in turn.
 *
 *   npx tsx bench/generic.ts [--runs 5] DIR…          after `npm run build`
 */
import { parseArgs } from 'node:util'
import { loadGenericJudge } from '../src/commands/generic-judge.ts'
import { readBuiltInRules } from '../src/commands/rule-files.ts'
import type { NamedRuleFile } from '../src/rules/rule-file.ts'
import { compareSides, createEngine } from './engine-sides.ts'

const formless = ['generic-password', 'generic-api-key']

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '5' } },
})
const files = readBuiltInRules()
const { judge } = loadGenericJudge()
const sides = [
  { name: 'without generic rules', scan: createEngine(files.map(withoutFormless), judge) },
  { name: 'all rules', scan: createEngine(files, judge) },
  { name: 'without the model', scan: createEngine(files, () => 0) },
]
compareSides(sides, positionals, Number(values.runs))

function withoutFormless(named: NamedRuleFile): NamedRuleFile {
  const rules = named.file.rules.filter(({ id }) => !formless.includes(id))
  return { ...named, file: { ...named.file, rules } }
}
