import { expect, test } from 'vitest'
import { findFollowers } from '../../src/engine/literal-followers.ts'
import { compileProgram } from '../../src/rules/compile-program.ts'
import { parseRuleFile } from '../../src/rules/rule-file.ts'

const rule = (id: string, matcher: string) => `[[rules]]\nid = "${id}"\nexamples = []\n${matcher}\n`
const names = (list: string, others = 'length = [20, 40]') => `[rules.assignment]\nnames = ${list}\n${others}`

/** Which of some bytes may follow a literal of these rules. */
function afterwards(literal: string, ...rules: string[]): string | undefined {
  const text = `[provider]\nid = "acme"\nname = "Acme"\n${rules.join('')}`
  const program = compileProgram([parseRuleFile('acme.toml', text)])
  const set = findFollowers(program)[program.literals.indexOf(literal)]
  const bits = set === undefined ? undefined : Buffer.from(set, 'hex')
  const may = (byte: number) => ((bits?.[byte >> 3] ?? 0) >> (byte & 7)) & 1
  return bits && Array.from('akzKZ59_=.@%\\&"', byte => (may(byte.charCodeAt(0)) ? byte : '')).join('')
}

test('what follows a literal in a pattern follows it in a text, or an escape of it', () => {
  expect(afterwards('acme_', rule('hex', "regex = '''acme_[0-5a-f]{20}'''"))).toBe('a5=%\\&')
})

test('a byte behind a literal that leads to a mark is one that may stand before it, or the mark', () => {
  const url = rule('url', "regex = '''acme//[a-k_]{0,20}@[a-k]{4}'''")
  expect(afterwards('acme//', url)).toBe('ak_=@%\\&')
})

test('no small letter goes on behind a name that ends a word, and behind a short one none but what issuers add to theirs', () => {
  expect(afterwards('batch', rule('ends', names('["batch$"]')))).toBe('KZ59_=.@%\\&"')
  expect(afterwards('lot', rule('word', names('["lot"]')))).toBe('KZ59_=.@%\\&"')
  expect(afterwards('lot', rule('beside', names('["lot"]', 'alphabet = "hex"\nlength = 32')))).toBe(
    'akKZ59_=.@%\\&"',
  )
})

test('anything may follow a literal that one of its rules asks nothing of, and what each asks for where all do', () => {
  const hex = rule('hex', "regex = '''batch[0-5]{20}'''")
  expect(afterwards('batch', rule('part', names('["batch"]')))).toBeUndefined()
  expect(
    afterwards('batch', rule('ends', names('["batch$"]')), rule('part', names('["batch"]'))),
  ).toBeUndefined()
  expect(afterwards('batch', rule('ends', names('["batch$"]')), hex)).toBe('KZ59_=.@%\\&"')
  expect(
    afterwards('batch', hex, rule('keyword', "regex = '''[a-z]{3}lot[0-9]{9}'''\nkeywords = ['batch']")),
  ).toBe(undefined)
})
