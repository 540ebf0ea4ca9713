import { expect, test } from 'vitest'
import { readBuiltInRules } from '../../src/commands/rule-files.ts'
import { indexRules, prepareRules } from '../../src/engine/rule-index.ts'
import { compileProgram } from '../../src/rules/compile-program.ts'
import { decodeProgram, encodeProgram, toWholeProgram } from '../../src/rules/lazy-rules.ts'

const program = compileProgram(readBuiltInRules().slice(0, 40), ['\\u'])
const bytes = Buffer.from(encodeProgram({ ...program, prepared: prepareRules(program) }))

test('a program is read back as it was, and can be made whole', () => {
  const read = decodeProgram(bytes)
  expect(read.rules.map(({ id }) => id)).toEqual(program.rules.map(({ id }) => id))
  expect(read.rules.map(({ matcher }) => matcher)).toEqual(program.rules.map(({ matcher }) => matcher))
  expect(toWholeProgram(read)).toEqual(program)
  expect(toWholeProgram(program)).toEqual(program)
})

test('what the build prepared is what the engine would work out', () => {
  const { alphabetOf, isGated, ...made } = indexRules(program)
  const read = decodeProgram(bytes)
  const { alphabetOf: readAlphabet, isGated: readGated, ...prepared } = indexRules(read)
  expect(prepared).toEqual(made)
  for (const rule of program.rules.keys()) {
    expect(readAlphabet(rule)).toEqual(alphabetOf(rule))
    expect(readGated(rule)).toBe(isGated(rule))
  }
})

test('other bytes are refused', () => {
  for (const wrong of [Buffer.alloc(0), Buffer.alloc(100), Buffer.from('{"version":1}')])
    expect(() => decodeProgram(wrong)).toThrow('not in the format of this version')
})
