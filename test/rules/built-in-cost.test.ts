import { expect, test } from 'vitest'
import { readBuiltInRules } from '../../src/commands/rule-files.ts'
import { decoderLiterals } from '../../src/engine/decoding/index.ts'
import { countSteps, parsePattern } from '../../src/regex/index.ts'
import { estimateRarity } from '../../src/regex/literal-rarity.ts'
import { compileProgram } from '../../src/rules/compile-program.ts'

const program = compileProgram(readBuiltInRules(), decoderLiterals)

test('every built-in regex is searched around literals, by the fast engine', () => {
  const slow = program.rules.filter(
    ({ matcher }) => matcher?.kind === 'regex' && (matcher.isLinear || matcher.anchors.length === 0),
  )
  expect(slow.map(({ id }) => id)).toEqual([])
})

test('every built-in regex says how far it reaches', () => {
  const unbounded = program.rules.filter(
    ({ matcher }) => matcher?.kind === 'regex' && matcher.anchors.some(({ before }) => before === null),
  )
  expect(unbounded.map(({ id }) => id)).toEqual([])
})

test('no built-in allow-list takes more than a moment on any value', () => {
  const slow = program.rules.flatMap(({ id, allowlists }) =>
    allowlists
      .flatMap(({ regexes }) => regexes)
      .map(regex => ({ id, regex, steps: countSteps(parsePattern(regex, 're2')) }))
      .filter(({ steps }) => steps > 1e7),
  )
  expect(slow).toEqual([])
})

test.each<[pattern: string, least: number, most: number]>([
  ['tok_[a-z]{10,40}', 10, 100],
  ['[a-z]{3,20}=[0-9]+;', 10, 10_000],
  ['(?:[a-z]+\\.)+com', 4096, 1e7],
  ['(?:[^\\n]{0,200}\\n){2,60}?end', 200, 1e5],
  ['a*a*a*a*b', 1e12, 1e16],
  ['(?:a|aa)+b', 1e12, Infinity],
  ['(?:a*c?)*b', 1e12, Infinity],
  ['(?:a|aa)+', 1, 1e16],
])('%s takes a number of steps between %d and %d', (pattern, least, most) => {
  const steps = countSteps(parsePattern(pattern, 're2'))
  expect(steps).toBeGreaterThanOrEqual(least)
  expect(steps).toBeLessThanOrEqual(most)
})

test('what is only looked for in lines out of their context is rare, as every search of a file stops there, too', () => {
  const wanted = new Set(decoderLiterals.map(literal => literal.toLowerCase()))
  const want = (literal: number) => wanted.add(program.literals[literal] ?? '')
  for (const { matcher } of program.rules) {
    if (matcher?.kind === 'assignment') matcher.names.forEach(want)
    for (const { literal } of (matcher?.kind === 'regex' && matcher.anchors) || []) want(literal)
  }
  const common = program.literals.filter(literal => !wanted.has(literal) && estimateRarity(literal) < 16)
  expect(common).toEqual([])
})
