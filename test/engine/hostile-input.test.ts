import { expect, test } from 'vitest'
import { createScanner } from '../../src/engine/scanner.ts'
import { buildAutomaton } from '../../src/kernel/build-automaton.ts'
import { createJsKernel } from '../../src/kernel/js-kernel.ts'
import { compileProgram } from '../../src/rules/compile-program.ts'
import { parseRuleFile } from '../../src/rules/rule-file.ts'

const rules = `
[[rules]]
id = "unbounded"
regex = '''\\b(unb_[a-z_]{20,}\\.[a-z]{5,})\\b'''
[[rules]]
id = "in-the-middle"
regex = '''[a-z-]{0,40}\\b(mid-[a-z-]{20,300}\\.[0-9a-z]{9})\\b'''
[[rules]]
id = "long"
regex = '''BEGIN LONG[A-Z ]*END LONG'''
reach = 20000
[[rules]]
id = "any-text"
regex = '''first.*second.*third'''
[[rules]]
id = "short"
regex = '''\\b(sh_[a-z]{4})\\b'''
[[rules.required]]
id = "neighbour"
withinLines = 3
[[rules]]
id = "neighbour"
regex = '''\\b(nb_[a-z]{4})\\b'''
[[rules]]
id = "secret"
[rules.assignment]
names = ["secret"]
alphabet = "alnum"
length = [8, 64]
[[rules]]
id = "password"
[rules.assignment]
names = ["password", "pass"]
judge = "password"
`

const SIZE = 400_000

const hostile: [title: string, unit: string][] = [
  ['a prefix over and over', 'unb_'],
  ['a prefix over and over, each long enough', 'unb_aaaaaaaaaaaaaaaaaaaaaaaaaaaa'],
  ['a literal in the middle of a pattern over and over', 'mid-'],
  ['the beginning of a long match over and over', 'BEGIN LONG'],
  ['the first part of a pattern of any text', 'first'],
  ['all parts but the last', 'first second '],
  ['matches that need a neighbour on one line', 'sh_abcd '],
  ['matches and their neighbours on one line', 'sh_abcd nb_efgh '],
  ['matches and their neighbours on many lines', 'sh_abcd\n\n\n\n\nnb_efgh\n'],
  ['names without an operator', 'secret'],
  ['names with an operator and no blank', 'secret='],
  ['names and quotes that never match', 'secret="secret=\''],
  ['elements that never end', '<secret>'],
  ['names with blanks', 'secret    '],
  ['words of prose', 'secret word word '],
  ['secrets side by side', `secret=${'q8Zt5'}${'vQ1hXw7'} `],
  ['passwords side by side', `pass=${'q8Zt5!'}${'vQ1hXw7'};`],
  ['elements with attributes that never end', '<secret a'],
  ['cells of tables', '| secret '],
  ['names of pairs', 'name: secret\n'],
  ['commas', 'secret=,,,,,,,,'],
  ['one byte', '='],
]

test.each(hostile)('%s cost time in proportion to their length', (_title, unit) => {
  const scanner = makeScanner()
  const bytes = Buffer.from(unit.repeat(Math.ceil(SIZE / unit.length)))
  const started = process.cpuUsage()
  scanner.scan({ bytes, path: 'a.txt', origin: { kind: 'file', path: 'a.txt', tracked: true } })
  // What is not linear takes minutes.
  expect(process.cpuUsage(started).user).toBeLessThan(4_000_000)
})

function makeScanner() {
  const program = compileProgram([parseRuleFile('rules.toml', rules)])
  const kernel = createJsKernel(buildAutomaton(program.literals))
  return createScanner(program, kernel, { clock: () => performance.now() })
}
