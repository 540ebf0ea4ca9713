import { expect, test } from 'vitest'
import { toContent } from '../../src/commands/rules/to-content.ts'
import { createScanner } from '../../src/engine/scanner.ts'
import { buildAutomaton } from '../../src/kernel/build-automaton.ts'
import { createJsKernel } from '../../src/kernel/js-kernel.ts'
import { compileProgram } from '../../src/rules/compile-program.ts'
import { parseRuleFile } from '../../src/rules/rule-file.ts'

const value = ['q8Zt5vQ1hXw7', 'PbJ3mN9r'].join('')

const acme = `
[provider]
id = "acme"
name = "Acme"
exhaustive = ["acme", "acmesearch"]

[[rules]]
id = "acme-key"
regex = '\\b(acm_[0-9A-Za-z]{20})\\b'
checksum = "never"
`
const generic = `
[provider]
id = "generic"
name = "Generic"

[[rules]]
id = "generic-key"
[rules.assignment]
names = ["key", "token"]
judge = "token"
`
const program = compileProgram([parseRuleFile('acme.toml', acme), parseRuleFile('generic.toml', generic)])
const scanner = createScanner(program, createJsKernel(buildAutomaton(program.literals)), {
  checksums: { never: () => 'invalid' },
})

function find(text: string): (string | undefined)[] {
  return scanner.scan(toContent(text)).map(({ rule }) => program.rules[rule]?.id)
}

test.each(['ACME_TOKEN', 'acmeApiKey', 'acme-search-key', 'my_acme_token', 'acmekey'])(
  'a value under %s that has no form of that issuer is none of its secrets',
  name => {
    expect(find(`${name} = "${value}"`)).toEqual([])
  },
)

test.each(['PLACMENT_KEY', 'acmes_token', 'key'])('a value under %s is judged as any other', name => {
  expect(find(`${name} = "${value}"`)).toEqual(['generic-key'])
})

test("a value of the issuer's form is judged as any other if the issuer's rule refuses it", () => {
  expect(find(`ACME_KEY = "acm_${value}"`)).toEqual(['generic-key'])
})
