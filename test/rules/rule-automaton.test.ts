import { expect, test } from 'vitest'
import { findCapitals } from '../../src/rules/capital-literals.ts'
import { compileProgram } from '../../src/rules/compile-program.ts'
import { buildRuleAutomaton } from '../../src/rules/rule-automaton.ts'
import { parseRuleFile } from '../../src/rules/rule-file.ts'

test('a literal is looked for by its shortest beginning that is rare in source text', () => {
  const literals = ['the guardian', 'zqxw_token', 'sc', 'unsought']
  const program = { literals, rules: [], classes: [] }
  const { keyLengths } = buildRuleAutomaton(program, id => literals[id] !== 'unsought')
  expect(literals.map((literal, id) => literal.slice(0, keyLengths[id]))).toEqual(['the gu', 'zqx', 'sc', ''])
})

test('two letters are only looked for with a capital where no rule wants them otherwise', () => {
  const rule = (id: string, matcher: string) => `[[rules]]
id = "${id}"
description = "${id}"
severity = "high"
confidence = 0.8
${matcher}
`
  const text = `[provider]
id = "acme"
name = "Acme"
${rule('upper', "regex = '''\\bQ[XY][A-Z2-7]{30}\\b'''\nexamples = []")}
${rule('lower', "regex = '''\\bqy[A-Z2-7]{30}\\b'''\nexamples = []")}`
  const program = compileProgram([parseRuleFile('acme.toml', text)], [])
  const capitals = [...findCapitals(program)].map(literal => program.literals[literal])
  expect(program.literals).toEqual(expect.arrayContaining(['qx', 'qy']))
  expect(capitals).toEqual(['qx'])
})
