import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { valuesOf } from '../../src/dotenv/dialect.ts'
import { ruby } from '../../src/dotenv/dialects/ruby.ts'

/** Texts, and what dotenv 3.2.0 made of each: `null` where it refused. */
const recorded: [text: string, values: Record<string, string> | null][] = JSON.parse(
  readFileSync(new URL('../../fixtures/dotenv/ruby-3.2.0.json', import.meta.url), 'utf8'),
)

test('the ruby dialect reads what dotenv 3.2.0 for Ruby was seen to read', () => {
  const ours = recorded.map(([text]) => {
    const { variables, notices } = ruby.evaluate(text, {})
    const isRefused = notices.some(({ kind }) => kind === 'refused')
    return [text, isRefused ? null : Object.fromEntries(valuesOf({ variables, notices }))]
  })
  expect(ours).toEqual(recorded)
})

test('Ruby would run a command: it is reported, and stays as written', () => {
  expect(ruby.evaluate('A=x$(touch /tmp/pwned $HOME)y\nB="\\$(id)"', {})).toEqual({
    variables: [
      { key: 'A', value: 'x$(touch /tmp/pwned $HOME)y', line: 1 },
      { key: 'B', value: '$(id)', line: 2 },
    ],
    notices: [
      { line: 1, key: 'A', kind: 'command', message: 'holds a command substitution, which was not run' },
    ],
  })
})

test('a file of blank lines takes no more than its length in steps', () => {
  expect(ruby.evaluate(`${'\n'.repeat(300_000)}A=1`, {}).variables).toEqual([
    { key: 'A', value: '1', line: 300_001 },
  ])
}, 2000)
