import { beforeAll, expect, test } from 'vitest'
import { selectForBinary } from '../../src/engine/binary-rules.ts'
import { decoderLiterals } from '../../src/engine/decoding/index.ts'
import { createHitFilter } from '../../src/engine/hit-filter.ts'
import { createScanner } from '../../src/engine/scanner.ts'
import { createWasmKernel } from '../../src/kernel/wasm-kernel.ts'
import { compileProgram } from '../../src/rules/compile-program.ts'
import { buildRuleAutomaton } from '../../src/rules/rule-automaton.ts'
import { parseRuleFile } from '../../src/rules/rule-file.ts'
import { buildWasm } from '../support/build-wasm.ts'

const program = compileProgram(
  [
    parseRuleFile(
      'shop.toml',
      `[provider]
id = "shop"
name = "Shop"
[[rules]]
id = "shop-key"
description = "Shop key"
regex = '''\\bshop_[0-9A-Za-z]{16}\\b'''
[[rules]]
id = "till-key"
description = "Till key"
regex = '''\\btill-[0-9A-Za-z]{16}\\b'''
keywords = ["cash desk"]
[[rules]]
id = "any-key"
description = "A key of any shop"
regex = '''\\b[0-9a-z]{4,20}\\.market\\b'''
[[rules]]
id = "shop-password"
description = "Password of a shop"
assignment = { names = ["shop_password"], length = [8, 200], judge = "password" }
`,
    ),
  ],
  decoderLiterals,
)

let module: WebAssembly.Module

beforeAll(async () => {
  module = new WebAssembly.Module(await buildWasm())
})

test('in binary content only literals of rules with a fixed prefix are looked for', () => {
  const { literals, program: part } = selectForBinary(program)
  expect([...literals].map(literal => program.literals[literal]).sort()).toEqual([
    'cash desk',
    'shop_',
    'till-',
  ])
  expect(part.rules.map(({ id }) => id)).toEqual(['shop-key', 'till-key'])
})

test('what they find there is the same as with all literals, and the others are not found', () => {
  const part = selectForBinary(program)
  const all = createWasmKernel(buildRuleAutomaton(program.literals), module, {
    filter: createHitFilter(program),
  })
  const automaton = buildRuleAutomaton(program.literals, literal => part.literals.has(literal))
  const few = createWasmKernel(automaton, module, { filter: createHitFilter(part.program) })
  const random = 'q8Zt5vQ1hXw7PbJ3'
  const text = `\0 shop_${random} \0 till-${random} \0 Cash desk \0 q8zt5.market shop_password=${random}\0`
  const find = (searchBinary: typeof all.search) =>
    createScanner(program, { ...all, searchBinary })
      .scan({
        bytes: Buffer.from(text),
        path: 'a.bin',
        origin: { kind: 'file', path: 'a.bin', tracked: false },
      })
      .map(({ rule, start }) => `${program.rules[rule]?.id} ${start}`)
  expect(find(few.search)).toEqual(find(all.search))
  expect(find(few.search)).toEqual(['shop-key 2', 'till-key 26'])
  const { count, literals } = few.search(Buffer.from(text), text.length)
  const found = Array.from(literals.subarray(0, count), literal => program.literals[literal])
  expect(found).toEqual(['shop_', 'till-', 'cash desk'])
})
