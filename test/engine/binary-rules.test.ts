import { beforeAll, expect, test } from 'vitest'
import { selectForBinary } from '../../src/engine/binary-rules.ts'
import { createHitFilter } from '../../src/engine/hit-filter.ts'
import { createScanner } from '../../src/engine/scanner.ts'
import { createWasmKernel } from '../../src/kernel/wasm-kernel.ts'
import { buildRuleAutomaton } from '../../src/rules/rule-automaton.ts'
import { buildWasm } from '../support/build-wasm.ts'
import { compileShop } from '../support/shop-scanner.ts'

const program = compileShop(`
[[rules]]
id = "till-key"
description = "Till key"
regex = '''\\btill-[0-9A-Za-z]{16}\\b'''
keywords = ["cash desk"]
[[rules]]
id = "any-key"
description = "A key of any shop"
regex = '''\\b[0-9a-z]{4,20}\\.market\\b'''
`)

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
  const all = createWasmKernel(buildRuleAutomaton(program), module, {
    filter: createHitFilter(program),
  })
  const automaton = buildRuleAutomaton(program, literal => part.literals.has(literal))
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
