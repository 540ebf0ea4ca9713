import { expect, test } from 'vitest'
import { readBuiltInRules } from '../../src/commands/rule-files.ts'
import { prepareRules } from '../../src/engine/prepare-rules.ts'
import { indexRules } from '../../src/engine/rule-index.ts'
import { compileProgram } from '../../src/rules/compile-program.ts'
import { decodeProgram, encodeProgram, toWholeProgram } from '../../src/rules/lazy-rules.ts'

const program = compileProgram(readBuiltInRules().slice(0, 40), ['\\u'])
const prepared = prepareRules(program)
const bytes = encodeProgram(program, prepared)

test('a program is read back as it was, and can be made whole', () => {
  const read = decodeProgram(bytes)
  expect(read.rules.map(({ id }) => id)).toEqual(program.rules.map(({ id }) => id))
  expect(read.rules.map(({ matcher }) => matcher)).toEqual(program.rules.map(({ matcher }) => matcher))
  expect(toWholeProgram(read)).toEqual(program)
  expect(toWholeProgram(program)).toEqual(program)
})

test('what the build prepared is what the engine would work out', () => {
  const read = decodeProgram(bytes)
  expect(read.prepared).toEqual(prepared)
  const [ofFile, worked] = [indexRules(read), indexRules(program)]
  for (const literal of program.literals.keys()) {
    expect(ofFile.regexRolesOf(literal)).toEqual(worked.regexRolesOf(literal))
    expect(ofFile.assignmentRolesOf(literal)).toEqual(worked.assignmentRolesOf(literal))
    expect(ofFile.gatesOf(literal)).toEqual(worked.gatesOf(literal))
  }
  for (const rule of program.rules.keys()) {
    expect(ofFile.alphabetOf(rule)).toEqual(worked.alphabetOf(rule))
    expect(ofFile.isGated(rule)).toBe(worked.isGated(rule))
  }
})

test('the roles of a literal are its rules, with their reach', () => {
  const { literals, rules } = program
  const index = indexRules(program)
  const listed = literals.flatMap((_, literal) =>
    index.regexRolesOf(literal).map(role => ({ literal, ...role })),
  )
  const asked = rules.flatMap(({ matcher, fixedPrefix }, rule) =>
    matcher?.kind === 'regex'
      ? // Of the mark only the search asks.
        matcher.anchors.map(({ mark: _mark, ...anchor }) => ({
          ...anchor,
          before: anchor.before ?? Infinity,
          after: anchor.after ?? Infinity,
          rule,
          inBinary: fixedPrefix,
        }))
      : [],
  )
  const sorted = asked.sort((a, b) => a.literal - b.literal || a.rule - b.rule)
  expect(listed.sort((a, b) => a.literal - b.literal || a.rule - b.rule)).toEqual(sorted)
})

test('other bytes are refused', () => {
  for (const wrong of [Buffer.alloc(0), Buffer.alloc(100), Buffer.from('{"version":1}')])
    expect(() => decodeProgram(wrong)).toThrow('not in the format of this version')
})
