import { expect, test } from 'vitest'
import { readCiCopies } from '../../src/hygiene/ci-files.ts'

test('a line that goes on with a name is passed by before anybody waits for it', () => {
  const name = 'env'.repeat(100_000)
  expect(readCiCopies(`cat ${name}!\nbase64 ${name}!\ncat .env`)).toEqual([
    { line: 3, kind: 'printed', file: '.env', content: undefined },
  ])
})
