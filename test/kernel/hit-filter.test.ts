import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { describeKinds } from '../../src/engine/bytes.ts'
import { mostBlockBytes } from '../../src/kernel/blocks.ts'
import { buildAutomaton } from '../../src/kernel/build-automaton.ts'
import type { HitFilter, Lead, LiteralFilter } from '../../src/kernel/hit-filter.ts'
import type { Hits, Kernel } from '../../src/kernel/types.ts'
import { createWasmKernel } from '../../src/kernel/wasm-kernel.ts'
import { surprises } from '../../src/letter-pairs.ts'
import { buildWasm } from '../support/build-wasm.ts'
import { filterHits } from '../support/naive-filter.ts'
import { naiveSearch } from '../support/naive-search.ts'

let kernel: Kernel

beforeAll(async () => {
  const module = new WebAssembly.Module(await buildWasm())
  kernel = createWasmKernel(buildAutomaton(literals), module, { filter, interleaveFrom: 1_000_000 })
})

const literals = ['key', 'dd', 'tok_', '\\n', 'gate', 'end', 'acme', 'corp', 'pass', 'auth', 'lot']
const lead: Lead = { before: 2, runs: [0, 1, 2, 1, 1, 4], tail: [1, 3], startsWord: false, guard: 2 }
const filter: HitFilter = {
  literals: [
    { inName: 'part' },
    { inName: 'word' },
    {
      leads: [
        lead,
        { before: 0, runs: [], tail: [0, 2], startsWord: true },
        { before: 0, runs: [], tail: [], startsWord: false, mark: { byte: 0x40, set: 1, most: 5 } },
      ],
    },
    { isEscape: true },
    undefined,
    {},
    { inName: 'part', beside: { run: 15, set: 4 } },
    { inName: 'part', opensBlock: true },
    { inName: 'part', value: { least: 4, wordsBelow: 40, surprise: 3.2 } },
    { inName: 'part', value: { least: 4, wordsBelow: Infinity, surprise: 2.8 } },
    { inName: 'part', next: 3 },
  ] satisfies (LiteralFilter | undefined)[],
  sets: Buffer.concat([set('0-9'), set('a-z_'), set(' -.'), set(' =A-Z_'), set('0-9a-f')]),
  kinds: describeKinds(),
  surprises,
}

const piece = fc.oneof(
  fc.constantFrom(...literals, 'KEY', 'Dd', 'add', 'ddKey', '4 tok_ab', ' tok_12', '\\n'),
  fc.constantFrom(
    '=',
    ':',
    ' ',
    '  ',
    '"',
    "']",
    ')',
    ',',
    '(',
    '=',
    '|',
    '?',
    '+',
    '<',
    '@',
    '->',
    '\n',
    'value',
    ' { get; }',
    '[32]',
    ', err',
    ', err := ',
    ', _ = ',
    '<string',
    '</',
    '>',
    '-',
    '--',
    'ENV ',
    'x',
    'aB',
    '7',
    '\xe4',
    'acme',
    'corp',
    'lot',
    'lot=',
    '8f5947d53784defc',
    'pass',
    'pass=',
    'pass: ',
    'pass">',
    'pass("',
    '{pass, ',
    '{:pass, <<"',
    '-gx ',
    'setx ',
    '[[',
    ' {0x2b',
    '[43, ',
    '[ (byte) ',
    'auth=',
    'auth: ',
    '"auth": ',
    '[]byte(',
    'words57',
    '${auth:',
    '?auth=',
    'qzxkvjw',
    'words',
    '%',
    '{',
    '&',
    '[',
    'new X("',
    'string = ',
    '==',
  ),
  fc.integer({ min: 60, max: 300 }).map(length => 'y'.repeat(length)),
  fc.integer({ min: 60, max: 300 }).map(length => ' '.repeat(length)),
)
const texts = fc.array(piece, { maxLength: 40 }).map(pieces => pieces.join(''))

test('hits are kept as the conditions on their literals say', () => {
  fc.assert(
    fc.property(texts, fc.boolean(), (text, isCode) => {
      const bytes = Buffer.from(text, 'latin1')
      expect(searchInput(bytes, isCode)).toEqual(naiveFilter(bytes, isCode))
    }),
    { numRuns: 300 },
  )
})

test('where the bytes around a hit are in another block it is kept rather than lost', () => {
  fc.assert(
    fc.property(texts, fc.integer({ min: 0, max: 200 }), (text, shift) => {
      const filling = Buffer.alloc(mostBlockBytes - shift, 'z')
      const bytes = Buffer.concat([filling, Buffer.from(text, 'latin1'), filling])
      const wanted = naiveFilter(bytes)
      const all = naiveSearch(bytes.subarray(0, bytes.length), literals)
      for (const found of [searchInput(bytes), listHits(kernel.search(bytes, bytes.length))]) {
        expect(found).toEqual(expect.arrayContaining(wanted))
        expect(all).toEqual(expect.arrayContaining(found))
      }
    }),
    { numRuns: 4 },
  )
})

test('an issuer’s name may go on with what its keys’ names are put together with', () => {
  for (const suffix of ['', 'ai', 'Api', 'app', 'data', 'HQ', 'io', 'key', 'secret', 'token', 'apikey']) {
    const bytes = Buffer.from(`acme${suffix} 8f5947d53784defc`)
    expect([suffix, searchInput(bytes, false).length]).toEqual([suffix, 1])
  }
})

test.each([
  ['DD_KEY=1', 2],
  ['ddKey: 1', 2],
  ['address=1', 0],
  ['key', 0],
  ['key word', 0],
  ['key for it: x', 1],
  ['--key value', 1],
  ['"key", "value"', 1],
  ['key, value', 0],
  ['key(value)', 0],
  ['key("value")', 1],
  ['key(Secret.of("value"))', 1],
  ['key (', 0],
  ['"key", other', 0],
  ['"key", other + "x"', 0],
  ['"key", value', 0],
  ['"key", value: x', 1],
  ['"pass", "value": x', 1],
  ['"pass", "values": x', 0],
  ['"pass", "vary": x', 0],
  ['"key" value="x"', 1],
  ['key\n  value: x', 1],
  ['key\n  other: x', 0],
  ['key</name>\n<value>x', 1],
  ['key</k>\n<string>x', 1],
  ['key\n  string: x', 0],
  ['char key[] = "x"', 1],
  ['char key[32] = "x"', 1],
  ['char key[at] = "x"', 0],
  ['Key { get; set; } = "x"', 1],
  ['key { x = 1 }', 0],
  ['key, err := f("x")', 1],
  ['key, err)', 0],
  ['key, _ = "x"', 1],
  ['key, value := range x', 0],
  ['setenv key x', 1],
  ['set -gx key x', 1],
  ['set --export key x', 1],
  ['setx key x', 1],
  ['set more key x', 0],
  ['{key, "x"}', 1],
  ['{key, <<"x">>}', 1],
  ['{:key, "x"}', 1],
  ['{key, x}', 0],
  ['(key, "x")', 0],
  ['key</name>\n<other>x', 0],
  ['**key**: value', 1],
  ['${key} = value', 1],
  ['key "value"', 1],
  ['key::value', 0],
  ['key ::= value', 1],
  ['key://host', 0],
  ['key < 1', 0],
  ['key <- 1', 1],
  ['key | x', 1],
  ['key |x', 0],
  ['key || "x"', 1],
  ['key ?? x)', 0],
  ['x->key->y', 0],
  ['key   = x', 1],
  [`key${'x'.repeat(90)}=1`, 0],
  ['key a b c: x', 1],
  ['key a b c d: x', 0],
  [`key${'"'.repeat(5)}=x`, 1],
  [`key${'"'.repeat(6)}=x`, 0],
  ['end=1', 0],
  ['gate', 1],
  ['4 tok_abc', 1],
  ['4 tok_ab', 0],
  [' tok_12', 1],
  ['tok_abcd@', 1],
  ['tok_abcde@', 0],
  ['tok_ab4@', 0],
  ['tok_@', 1],
  ['acme token 8f5947d53784defc', 1],
  ['acme token somethingLongWithoutDigits', 0],
  ['acmekey 8f5947d53784defc', 1],
  ['pacme token 8f5947d53784defc', 0],
  ['acme.test/?appid=8f5947d53784defc', 1],
  [`acme${' a'.repeat(47)} 8f5947d53784defc`, 1],
  [`acme${' a'.repeat(49)} 8f5947d53784defc`, 0],
  ['acme token 8f5947d53784de', 0],
  ['acme\n  token\n    8f5947d53784defc', 1],
  ['acme\n  a\n  b\n    8f5947d53784defc', 0],
  ['corp:\n', 1],
  ['# CorpToken {\r\n', 1],
  ['# Corporate {\r\n', 0],
  ['acmetoken 8f5947d53784defc', 1],
  ['ACMEKEY 8f5947d53784defc', 1],
  ['acmeish 8f5947d53784defc', 0],
  ['acmekin 8f5947d53784defc', 0],
  ['lot = x', 1],
  ['lots = x', 0],
  ['lotNo = x', 1],
  ['lot', 0],
  ['incorporated\n', 0],
  ['corp is somewhere in this line\n', 1],
  ['corp is somewhere in a line that goes on after\n', 0],
  [`pass = ${'qzxk'}${'vjw'}`, 1],
  ['pass = abc', 0],
  ['pass = words', 0],
  ['pass = words57', 1],
  ['pass = words5', 0],
  ['pass = f(words57)', 1],
  ['pass = "words"', 0],
  ['pass = "words57"', 1],
  ['pass = "words 5"', 0],
  ['pass = "words57', 0],
  ['pass = ""', 0],
  ['pass = """', 1],
  ['pass = b"words57"', 1],
  ['pass = b"words"', 0],
  ['pass = "{words}"', 1],
  ['pass = "wor%64s57"', 1],
  ['pass = ["words", "qzxkvjw"]', 1],
  ['pass = hex.Decode("words57")', 1],
  ['pass = hex.Decode("words")', 0],
  ['pass = new Secret("words57")', 1],
  ['pass = new Secret', 0],
  ['pass = <<EOT', 1],
  [`pass = ${'words'.repeat(8)}`, 1],
  ['pass: string = "words57"', 1],
  ['pass: string = "words"', 0],
  ['pass: |', 1],
  ['pass: !!str x', 1],
  ['pass:\n  words: 5', 0],
  ['pass:\n  "words57"', 1],
  ['<pass>words57</x>', 1],
  ['<pass>\n  words57\n</x>', 1],
  ['<pass>words</x>', 0],
  ['<pass>words and 5</x>', 0],
  ['<pass>\n  <words>', 0],
  ['<pass><![CDATA[words57]]></x>', 1],
  ['pass("words")', 0],
  ['pass("words57")', 1],
  ['"pass", "words"', 0],
  ['"pass", ["words", "words57"]', 1],
  ['--pass words', 0],
  ['--pass words57', 1],
  ['pass "words"', 0],
  ['pass of the shop: words57', 1],
  ['pass of the shop: words', 0],
  ['pass of the shop > words57', 0],
  ['<pass of="words">words57</pass>', 1],
  ['<ns:pass of="words">words57</ns:pass>', 1],
  [`end${'.'.repeat(124)}\\n`, 2],
  [`end${'.'.repeat(126)}\\n`, 1],
  [`\\n${' '.repeat(254)}end`, 2],
  [`\\n${' '.repeat(255)}end`, 1],
  [`\\n${'.'.repeat(4094)}end`, 2],
  [`\\n${'.'.repeat(4095)}end`, 1],
])('of %s %i hits are kept', (text, count) => {
  expect(searchInput(Buffer.from(text)).length).toBe(count)
})

test.each([
  ['auth = words57', [1, 0]],
  ['auth = f(words57)', [1, 0]],
  ['auth = f("words57")', [1, 1]],
  ['auth = new F("words57")', [1, 1]],
  ['auth = (words57)', [1, 0]],
  ['auth = ("words")', [1, 1]],
  ['auth = ["words"]', [1, 1]],
  ['auth = []byte("words")', [1, 1]],
  ['auth = []byte(words57)', [1, 0]],
  ['auth = [[words57]]', [1, 1]],
  ['auth = new byte[] { 0x2b,', [0, 1]],
  ['auth = bytes([43, 12])', [1, 1]],
  ['auth = words[43]', [1, 0]],
  ['auth, err := f(words57)', [1, 0]],
  ['auth, ok := f("words57")', [1, 1]],
  ['auth: &words57', [1, 0]],
  ['"--auth words57"', [1, 1]],
  ['"--auth=words57"', [1, 1]],
  ['?auth=words57 ', [1, 1]],
  ['${auth:words57}', [1, 1]],
  ['"auth": words57', [1, 0]],
  ['pass = words57', [1, 0]],
  ['pass = "words57"', [1, 1]],
  [`pass = ${'words'.repeat(8)}`, [1, 1]],
  [`pass = (${'words'.repeat(8)})`, [1, 1]],
  [`pass = words.of(${'words'.repeat(6)})`, [1, 0]],
  ['pass = "kubernetes.io/hostname"', [0, 0]],
  ['auth = "kubernetes.io/hostname"', [1, 1]],
  ['Auth auth = words57', [2, 0]],
  ['Auth words = "words57"', [1, 1]],
])('of %s %j hits are kept in a text and in code', (text, counts) => {
  expect([false, true].map(isCode => searchInput(Buffer.from(text), isCode).length)).toEqual(counts)
})

function searchInput(bytes: Uint8Array, isCode = false): [number, number][] {
  const input = kernel.input(bytes.length)
  input.set(bytes)
  return listHits(kernel.search(input, bytes.length, isCode))
}

function naiveFilter(bytes: Uint8Array, isCode = false): [number, number][] {
  const lengths = literals.map(literal => literal.length)
  return filterHits(naiveSearch(bytes, literals), bytes, filter, lengths, isCode)
}

function listHits({ count, starts, literals }: Hits): [number, number][] {
  return Array.from({ length: count }, (_, i) => [starts[i]!, literals[i]!])
}

/** 256 bits of the members of a class. */
function set(members: string): Uint8Array {
  const expression = new RegExp(`[${members}]`)
  const bits = new Uint8Array(32)
  for (let byte = 0; byte < 256; byte++) {
    if (expression.test(String.fromCharCode(byte))) bits[byte >> 3]! |= 1 << (byte & 7)
  }
  return bits
}
