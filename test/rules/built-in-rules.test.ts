import { expect, test } from 'vitest'
import { readBuiltInRules } from '../../src/commands/rule-files.ts'
import { checkRuleFile } from '../../src/commands/rules/check-rule-file.ts'
import { checkRuleSet } from '../../src/commands/rules/check-rule-set.ts'

const files = readBuiltInRules()

test('every built-in rule finds its examples, also in the contexts that people write them in', () => {
  expect(files.flatMap(checkRuleFile)).toEqual([])
}, 60_000)

test('no built-in rule repeats or shadows another, or holds a secret', () => {
  expect(checkRuleSet(files)).toEqual([])
}, 60_000)
