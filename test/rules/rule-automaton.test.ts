import { expect, test } from 'vitest'
import { buildRuleAutomaton } from '../../src/rules/rule-automaton.ts'

test('a literal is looked for by its shortest beginning that is rare in source text', () => {
  const literals = ['the guardian', 'zqxw_token', 'sc', 'unsought']
  const { keyLengths } = buildRuleAutomaton(literals, id => literals[id] !== 'unsought')
  expect(literals.map((literal, id) => literal.slice(0, keyLengths[id]))).toEqual(['the gu', 'zqx', 'sc', ''])
})
