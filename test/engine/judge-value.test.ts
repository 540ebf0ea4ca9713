import { expect, test } from 'vitest'
import { judgeValue, type ValueFacts } from '../../src/engine/judge-value.ts'

const facts: ValueFacts = {
  judge: 'token',
  name: 'token',
  value: '',
  operator: '=',
  isQuoted: true,
  isCode: true,
  rest: '',
}

test('a long value of letters is judged in the time of its length', () => {
  const started = process.cpuUsage()
  judgeValue({ ...facts, value: `${'lettersonly'.repeat(300)}1` })
  expect(process.cpuUsage(started).user).toBeLessThan(200_000)
})

test('a node of a syntax tree is no secret', () => {
  const value = ['CSS_NUMBER_LITERAL', '@1692..1695'].join('')
  expect(judgeValue({ ...facts, name: 'value_token', value, isQuoted: false, isCode: false })).toBe(0)
})
