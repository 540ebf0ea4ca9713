import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { readBuiltInRules } from '../../../src/commands/rule-files.ts'
import { createRuleScanner } from '../../../src/commands/rule-scanner.ts'
import { decoderLiterals } from '../../../src/engine/decoding/index.ts'
import { compileProgram } from '../../../src/rules/compile-program.ts'

const scan = createRuleScanner(compileProgram(readBuiltInRules(), decoderLiterals))

function count(lines: (value: string, number: number) => string, many: number, length: number): number {
  const text = Array.from({ length: many }, (_, number) => {
    const value = createHash('sha256').update(String(number)).digest('hex').slice(0, length)
    return lines(value, number)
  }).join('\n')
  return scan({
    bytes: Buffer.from(text),
    path: 'a.json',
    origin: { kind: 'file', path: 'a.json', tracked: true },
  }).length
}

test('a key that every entry of a file has is none, a few are', () => {
  expect(count(value => `"reblog_key": "${value}",`, 30, 20)).toBe(0)
  expect(count(value => `"reblog_key": "${value}",`, 3, 20)).toBe(3)
})

test('hexadecimal numbers of one length under many names are a table', () => {
  expect(count((value, number) => `"Shop::Type${number}::Key": "${value}",`, 40, 16)).toBe(0)
})

test('a line of a table is none either where only that line is asked about', () => {
  const values = Array.from({ length: 30 }, (_, n) =>
    createHash('sha256').update(String(n)).digest('hex').slice(0, 20),
  )
  const find = (lines: string[]) => {
    const bytes = Buffer.from(lines.join('\n'))
    const touching = () => [{ from: 0, to: lines[0]?.length ?? 0 }]
    return scan({
      bytes,
      path: 'a.json',
      touching,
      origin: { kind: 'file', path: 'a.json', tracked: true },
    }).map(({ secret }) => secret.reveal())
  }
  const lines = values.map(value => `"reblog_key": "${value}",`)
  expect([find(lines), find(lines.slice(0, 3))]).toEqual([[], [values[0]]])
})

test('each password of a dump is found', () => {
  expect(count(value => `"password": "${value}",`, 30, 20)).toBe(30)
})
