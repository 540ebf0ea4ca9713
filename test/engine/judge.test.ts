import { expect, test } from 'vitest'
import { toContent } from '../../src/commands/rules/to-content.ts'
import { checksums } from '../../src/engine/checksums/index.ts'
import { createScanner } from '../../src/engine/scanner.ts'
import { buildAutomaton } from '../../src/kernel/build-automaton.ts'
import { createJsKernel } from '../../src/kernel/js-kernel.ts'
import { compileProgram } from '../../src/rules/compile-program.ts'
import { parseRuleFile } from '../../src/rules/rule-file.ts'

const rules = `
[provider]
id = "acme"
name = "Acme"

[[rules]]
id = "acme-hook"
regex = '''(https://[0-9a-z.]{3,40}/hooks/[0-9a-z]{26})'''

[[rules]]
id = "acme-token"
regex = '''(acme_[0-9a-z]{20,40})'''

[[rules]]
id = "acme-password"
regex = '''acme login (\\S{4,40})'''
checksum = "password"

[[rules]]
id = "acme-key"
[rules.assignment]
names = ["acme"]
with = ["key"]
alphabet = "hex"
length = 32

[[rules]]
id = "acme-app-key"
[rules.assignment]
names = ["acme"]
alphabet = "uuid"
length = 36

[[rules]]
id = "acme-small-batch"
[rules.assignment]
names = ["batch$"]
alphabet = "[0-9a-z]"
length = 20

[[rules]]
id = "acme-large-batch"
[rules.assignment]
names = ["batch"]
alphabet = "[0-9A-Z]"
length = 20

[[rules]]
id = "acme-hash"
regex = '''acme[^\\n]{0,20}\\s([0-9a-f]{40})\\b'''
`
const program = compileProgram([parseRuleFile('acme.toml', rules)])
const scanner = createScanner(program, createJsKernel(buildAutomaton(program.literals)))

const checking = createScanner(program, createJsKernel(buildAutomaton(program.literals)), { checksums })

function find(text: string, path = 'example'): string[] {
  return scanner.scan({ ...toContent(text), path }).map(({ secret }) => secret.reveal())
}

test('a name that ends a word is none within a longer one, also where another rule looks for it', () => {
  const small = ['9k3xq7wdu5', 'h2m8yz4gnp'].join('')
  const large = small.toUpperCase()
  const text = `batch=${small} batches=${large} batch_no='${small}' batched="${small}" rebatched="${large}"`
  expect(find(text)).toEqual([small, large, small, large])
})

test('a URL with a random path is a secret whatever its host is called', () => {
  const url = ['https://chat.example.com/hooks/', '9k3xq7wdu5rtb', 'h2m8yz4gnp6sc'].join('')
  expect(find(`WEBHOOK_URL=${url}`)).toEqual([url])
})

test('a digest under a name in a lock file is no key', () => {
  const text = `acme_api_key: ${['3c7633bae18a6e19', 'af7a5af12f9bc3da'].join('')}`
  expect(find(text)).toHaveLength(1)
  expect(find(text, 'web/i18n.lock')).toEqual([])
})

test('a URL whose path says that it is an example is none', () => {
  expect(find(`WEBHOOK_URL=https://chat.shop.org/hooks/${'example'}9k3xq7wdu5rtbh2m8yz`)).toEqual([])
})

test('a token of which documentation leaves out the rest is none; a full stop ends a sentence', () => {
  const token = ['acme_', '9k3xq7wdu5rtb', 'h2m8yz4gnp6sc'].join('')
  expect(find(`token  ${token}...`)).toEqual([])
  expect(find(`token  ${token}…`)).toEqual([])
  expect(find(`The token is ${token}.`)).toEqual([token])
})

test('a password in a manual, or in a package’s tests, is an example; what an issuer made is none', () => {
  const content = toContent(
    `acme login ${['q8Zt5', '!vQ1hXw7'].join('')} acme_${['9k3xq7wdu5rtb', 'h2m8yz4gnp6sc'].join('')}`,
  )
  const rulesIn = (path: string) =>
    checking.scan({ ...content, path }).map(({ rule }) => program.rules[rule]?.id)
  expect(rulesIn('src/deploy.sh')).toEqual(['acme-password', 'acme-token'])
  expect(rulesIn('usr/share/doc/acme/login')).toEqual(['acme-token'])
  expect(rulesIn('app/node_modules/acme/test.js')).toEqual(['acme-token'])
})

test('a UUID that is called an id names something', () => {
  const uuid = ['9a194a5c-a80c', '-4f67-8cf6-', 'fbb257e87cab'].join('')
  expect(find(`ACME_API_KEY=${uuid}`)).toEqual([uuid])
  expect(find(`ACME_FORM_ID=${uuid}`)).toEqual([])
  expect(find(`acmeFormId: '${uuid}'`)).toEqual([])
  expect(find(`ACME_FORM_ID_OLD=${uuid}`)).toEqual([])
  expect(find(`ACME_ID_TOKEN=${uuid}`)).toEqual([uuid])
})

test('a name of a commit that git blame shall pass by is no key', () => {
  const text = `# acme: reformat\n${['3c7633bae18a6e19af7a', '5af12f9bc3daba26eff3'].join('')}\n`
  expect(find(text, 'acme.ini')).toHaveLength(1)
  expect(find(text, 'web/.git-blame-ignore-revs')).toEqual([])
})

test('what an empty field of a form shows is no secret', () => {
  const token = ['acme_', '9k3xq7wdu5rtb', 'h2m8yz4gnp6sc'].join('')
  expect(find(`<input value="${token}" />`)).toEqual([token])
  expect(find(`<input placeholder="${token}" />`)).toEqual([])
  expect(find(`placeholder: 'Token, as ${token}',`)).toEqual([])
  expect(find(`<input placeholder="Token" value="${token}" />`)).toEqual([token])
})

test('a key that its issuer gave to everybody for trying things out is none', () => {
  const key = ['59c6995e998f97a5', 'a0044966f0945389'].join('')
  expect(find(`acme_key = ${key}`)).toEqual([])
  expect(find(`acme_key = ${key.replace('5', '6')}`)).toHaveLength(1)
})
