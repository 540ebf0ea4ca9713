import { expect, test } from 'vitest'
import { readCiCopies } from '../../src/hygiene/ci-files.ts'

test('a line that goes on with a name is passed by before anybody waits for it', () => {
  const name = 'env'.repeat(100_000)
  expect(readCiCopies(`cat ${name}!\nbase64 ${name}!\ncat .env`)).toEqual([
    { line: 3, kind: 'printed', file: '.env', content: undefined },
  ])
})

test('a file that prints on each line, whatever it writes, is read before anybody waits for it', () => {
  const commands = Array.from({ length: 20_000 }, (_, at) => [`cp a.env ${at}.env`, `cat ${at}.env`])
  const lines = [`cat .env${' '.repeat(300_000)}-`, ...commands.flat()]
  const copies = readCiCopies(['jobs:', '  a:', ...lines.map(line => `    ${line}`)].join('\n'))
  expect(copies).toHaveLength(20_000)
  expect(copies[0]?.content).toEqual({
    copied: ['a.env'],
    isHarmless: true,
    isSecretive: false,
    isWhole: true,
  })
  expect(copies.at(-1)?.content).toEqual({ copied: [], isHarmless: false, isSecretive: true, isWhole: false })
})
