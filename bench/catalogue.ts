/**
 * What the size of the catalogue costs: the engine over the same files with all rules and with those of every Nth
 * provider, in turn. The generic rules are in both, as they are most of the work.
 *
 *   npx tsx bench/catalogue.ts [--every 10] [--runs 5] DIR…          after `npm run build`
 */
import { parseArgs } from 'node:util'
import { loadGenericJudge } from '../src/commands/generic-judge.ts'
import { readBuiltInRules } from '../src/commands/rule-files.ts'
import type { NamedRuleFile } from '../src/rules/rule-file.ts'
import { compareSides, createEngine } from './engine-sides.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { every: { type: 'string', default: '10' }, runs: { type: 'string', default: '5' } },
})
const files = readBuiltInRules()
const few = files.filter(({ name }, at) => name.includes('generic/') || at % Number(values.every) === 0)
const { judge } = loadGenericJudge()
const sides = [few, files].map(side => ({
  name: `${countRules(side)} rules`,
  scan: createEngine(side, judge),
}))
compareSides(sides, positionals, Number(values.runs))

function countRules(side: readonly NamedRuleFile[]): number {
  return side.reduce((sum, { file }) => sum + file.rules.length, 0)
}
