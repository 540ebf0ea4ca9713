import { expect, test } from 'vitest'
import { toContent } from '../../src/commands/rules/to-content.ts'
import { toLineProgram } from '../../src/engine/line-program.ts'
import { createScanner } from '../../src/engine/scanner.ts'
import { buildAutomaton } from '../../src/kernel/build-automaton.ts'
import { createJsKernel } from '../../src/kernel/js-kernel.ts'
import { compileProgram } from '../../src/rules/compile-program.ts'
import { parseRuleFile } from '../../src/rules/rule-file.ts'

// stanch:allow -- made up
const token = ['8f5947d53784', 'defcfd06495c', '5bae3f22'].join('')
const uuid = ['7c30091b', 'e614', '2084', '5df0', 'f27ddd106b52'].join('-')
const objectId = ['8f5947d53784', 'defcfd06495c', '5bae3f22541d', 'cb06'].join('')

const rules = `
[provider]
id = "acme"
name = "Acme"

[[rules]]
id = "acme-key"
[rules.assignment]
names = ["acme"]
alphabet = "hex"
length = 32

[[rules]]
id = "acme-legacy-key"
[rules.assignment]
names = ["acme"]
alphabet = "hex"
length = 40

[[rules]]
id = "acme-client"
[rules.assignment]
names = ["acme"]
with = ["client"]
alphabet = "uuid"

[[rules]]
id = "acme-old-token"
[rules.assignment]
names = ["token"]
alphabet = "[0-9A-F]"
length = 32
`
const program = compileProgram([parseRuleFile('acme.toml', rules)])
const kernel = createJsKernel(buildAutomaton(program.literals))
const scanner = createScanner(program, kernel)

function find(text: string): [string, string | undefined][] {
  const found = scanner.scan(toContent(text))
  return found.map(({ secret, rule }) => [secret.reveal(), program.rules[rule]?.id])
}

test.each([
  ['a word stands between name and value', `acme key ${token}`],
  ['several words do', `the private access code of Acme is\tTOKEN ${token}.`],
  ['the value ends the name', `acmeTOKEN-${token}`],
  [
    'the name is a part of the URL whose query holds it',
    `https://api.acme.test/v2/current?city=Oslo,NO&key=${token}&days=3`,
  ],
  ['it is another entry of an object', `headers = {"provider": "acme", "x-api-key": "${token}"}`],
  [
    'it is an entry of the block that the name opens',
    `services:\n  acme:\n    url: https://x.test\n    token: ${token}\n`,
  ],
  ['a longer name that holds it opens the block', `variable "acme_api_token" {\n  default = "${token}"\n}\n`],
  ['the name is a comment above', `# Acme\nAPI_KEY=${token}\n`],
])('a value of exact length is found where %s', (_where, text) => {
  expect(find(text)).toEqual([[token, 'acme-key']])
})

test('a word for any secret tells nobody’s without an operator', () => {
  const old = token.toUpperCase()
  expect(find(`token: ${old}`)).toEqual([[old, 'acme-old-token']])
  expect(find(`token secret ${old}`)).toEqual([])
})

test.each([
  ['no word says that it is a secret', `acme build ${token}`],
  ['the name is a part of another word', `acmeville key ${token}`],
  ['it is a part of a longer word', `acme key ${token}a1`],
  ['it goes on', `acme key ${token}/1`],
  ['it is a part of a path', `acme keys/${token}`],
  ['it is on another line than a name within a line', `acme is nice\nkey ${token}`],
  ['it is too far', `acme ${'and so on '.repeat(10)} key ${token}`],
  ['it has hardly a digit', `acme key ${'abcdefaebdcfbadefcbadfebcfdaecb4'}`],
  ["it names one of git's objects near some word", `updating https://acme.test/private-repo (${objectId})`],
  ['it is the identifier of a key', `acme delete-key --key-id ${token}`],
  ['it is what a field of a form shows', `<input name="acme_token" value="{{.Key}}" placeholder="${token}">`],
  ['it is the digest of a text', `Description: wrapper of Acme-Auth\nTag: acme-auth\nText-md5: ${token}`],
  ['it is a digest in a list of files', `acme key files:\n${token}  lib/acme/key.js`],
  ["the rule's own word is missing", `acme key ${uuid}`],
])('a value is not found where %s', (_where, text) => {
  expect(find(text)).toEqual([])
})

test('a rule that asks for words of its own finds its value beside them', () => {
  expect(find(`acme client ${uuid}`)).toEqual([[uuid, 'acme-client']])
})

test('a value as long as the name of an object is found right behind a word', () => {
  expect(find(`acme token ${objectId}`)).toEqual([[objectId, 'acme-legacy-key']])
})

test('it is less sure than a value that is assigned', () => {
  const confidences = [`acme_key = ${token}`, `acme key ${token}`].map(
    text => scanner.scan(toContent(text))[0]?.confidence,
  )
  expect(confidences).toEqual([0.7, 0.595])
})

test.each([
  ['a line that a name ends', 'url: https://www.acme\nx: 1', ['acme']],
  ['one that opens a block', 'variable "acme_api_token" {\n  x = 1\n}', ['acme']],
  ['a name within a line', 'acme is nice\nkey', []],
  ['a name within a word', 'acmeville\nkey', []],
])('of lines out of their context, %s is told for what may follow it', (_title, text, expected) => {
  const lines = createScanner(toLineProgram(program), kernel).scan(toContent(text))
  const openings = lines.filter(({ isOpening }) => isOpening)
  expect(openings.map(({ start, end }) => text.slice(start, end))).toEqual(expected)
})
