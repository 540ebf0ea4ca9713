import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Candidate } from '../../src/engine/candidate.ts'
import { createRegexSearch } from '../../src/engine/regex-search.ts'
import { indexRules } from '../../src/engine/rule-index.ts'
import { buildAutomaton } from '../../src/kernel/build-automaton.ts'
import { createJsKernel } from '../../src/kernel/js-kernel.ts'
import type { Program } from '../../src/program.ts'
import { countSteps, parsePattern } from '../../src/regex/index.ts'
import { compileProgram } from '../../src/rules/compile-program.ts'
import { parseRuleFile } from '../../src/rules/rule-file.ts'
import { randomPattern, randomText } from '../support/random-pattern.ts'

/** Few random patterns take a backtracking engine minutes. */
const patterns = fc
  .tuple(randomPattern, randomPattern)
  .map(([a, b]) => `(?:${a})?tok(?:${b})`)
  .filter(pattern => countSteps(parsePattern(pattern, 're2')) < 1e6)
const texts = fc
  .array(fc.oneof(randomText, fc.constantFrom('tok', 'TOK', 'to', 'tok tok')), { maxLength: 12 })
  .map(pieces => pieces.join(''))

test('around its literals a regex finds what it finds in the whole text', () => {
  let matches = 0
  fc.assert(
    fc.property(patterns, texts, (pattern, text) => {
      const program = compile(pattern)
      const found = searchAround(program, text)
      for (const [start, end] of searchWhole(program, text)) {
        matches++
        // A match that began sooner may have taken its place; nothing goes missing.
        expect(found.some(other => other.start < end && start < other.end)).toBe(true)
      }
      const regex = new RegExp(sourceOf(program), 'y')
      for (const { start } of found) {
        regex.lastIndex = start
        // Where a match can hold the literal twice, the window of one may end before the other.
        expect(regex.test(text)).toBe(true)
      }
    }),
    { numRuns: 1000 },
  )
  expect(matches).toBeGreaterThan(100)
})

test('the linear engine finds the same', () => {
  fc.assert(
    fc.property(patterns, texts, (pattern, text) => {
      const program = compile(pattern)
      let time = 0
      // Every run takes an hour: after the first one a regex is too slow.
      const found = searchAround(program, `${text}${text}`, () => (time += 3_600_000))
      for (const [start, end] of searchWhole(program, `${text}${text}`)) {
        expect(found.some(other => other.start < end && start < other.end)).toBe(true)
      }
    }),
    { numRuns: 200 },
  )
})

function compile(pattern: string): Program {
  return compileProgram([parseRuleFile('r.toml', `[[rules]]\nid = "r"\nregex = '''${pattern}'''\n`)])
}

function sourceOf({ rules }: Program): string {
  const matcher = rules[0]?.matcher
  return matcher?.kind === 'regex' ? matcher.source : ''
}

function searchAround(program: Program, text: string, clock = () => 0): Candidate[] {
  const bytes = Buffer.from(text, 'latin1')
  const found: Candidate[] = []
  const index = indexRules(program, () => true)
  const search = createRegexSearch(program.rules, index.sets, clock)
  search.begin(bytes, found, Infinity)
  const hits = createJsKernel(buildAutomaton(program.literals)).search(bytes, bytes.length)
  for (let i = 0; i < hits.count; i++) {
    const literal = hits.literals[i]!
    const start = hits.starts[i]!
    const end = start + program.literals[literal]!.length
    for (const role of index.regexRolesOf(literal)) search.add(role, start, end)
  }
  search.finish()
  return found
}

function searchWhole(program: Program, text: string): [start: number, end: number][] {
  return Array.from(text.matchAll(new RegExp(sourceOf(program), 'g')), match => [
    match.index,
    match.index + match[0].length,
  ])
}
