import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { valuesOf } from '../../src/dotenv/dialect.ts'
import { sh } from '../../src/dotenv/dialects/sh.ts'

const part = fc.constantFrom(
  'x',
  '"',
  '""',
  "'a b'",
  '"c d"',
  '\\\\',
  '\\"',
  '#',
  '$A',
  '${A}',
  '${Z:-d}',
  '${A:+s}',
  '${A+s}',
  '~',
  '~/x',
  '"$A"',
  "'$A'",
  '"\\$A"',
  '"\\n"',
  'é',
  '=',
  ':',
)
const assignment = fc
  .tuple(fc.constantFrom('A', 'B', 'export C'), fc.array(part, { maxLength: 5 }))
  .map(([name, parts]) => `${name}=${parts.filter(text => text !== '"').join('')}`)
const script = fc.array(fc.oneof(assignment, fc.constantFrom('# remark', '', 'A=1; B=2')), { maxLength: 5 })

test.each(['sh', 'bash'])('the sh dialect sets what %s sets', shell => {
  const scripts = fc.sample(script, 60).map(lines => lines.join('\n'))
  for (const text of scripts)
    expect([text, Object.fromEntries(valuesOf(sh.evaluate(text, { HOME: '/home/ada' })))]).toEqual([
      text,
      sourced(shell, text),
    ])
})

test('command substitution is reported and never run', () => {
  expect(sh.evaluate('A=$(echo hi)\nB="x`id`"\nC=a b\nD=$X', {})).toEqual({
    variables: [
      { key: 'A', value: '$(echo hi)', line: 1 },
      { key: 'B', value: 'x`id`', line: 2 },
      { key: 'D', value: '', line: 4 },
    ],
    notices: [
      { line: 1, key: 'A', kind: 'command', message: 'holds a command substitution, which was not run' },
      { line: 2, key: 'B', kind: 'command', message: 'holds a command substitution, which was not run' },
      { line: 3, key: 'C', kind: 'syntax', message: 'a shell would run this line as a command' },
      { line: 4, key: 'D', kind: 'unset', message: 'refers to X, which is not set' },
    ],
  })
})

test.each([
  ['A=1\nB=x`id', 'an unclosed quote or bracket: a shell reads on to the end of the file'],
  ['A=1\nB="${X', 'an unclosed quote or bracket: a shell reads on to the end of the file'],
  ['A=1;\n; B=2', 'no command stands before ";": a shell refuses the line'],
])('%j sets what stands before the place at which a shell stops', (text, message) => {
  const { variables, notices } = sh.evaluate(text, {})
  expect(variables).toEqual([{ key: 'A', value: '1', line: 1 }])
  expect(notices.map(notice => [notice.kind, notice.message])).toEqual([['syntax', message]])
})

test('an assignment sees those before it on its line, but not what `export` is told beside it', () => {
  const text = 'A=1 B=$A\nexport A=2 C=$A\n'
  const expected = { A: '2', B: '1', C: '1' }
  expect(Object.fromEntries(valuesOf(sh.evaluate(text, {})))).toEqual(expected)
  for (const shell of ['sh', 'bash']) expect(sourced(shell, text)).toEqual(expected)
})

test('a dollar sign before a quote is told, as not all shells take it for a part of the text', () => {
  const message = 'holds $ before a quote, which bash and other shells read in different ways'
  expect(sh.evaluate(`A=$'B1'\nC="$'x'"`, {})).toEqual({
    variables: [
      { key: 'A', value: '$B1', line: 1 },
      { key: 'C', value: "$'x'", line: 2 },
    ],
    notices: [{ line: 1, key: 'A', kind: 'syntax', message }],
  })
})

test('a line that goes on is joined before anything is read', () => {
  const text = 'X=1 # no \\\nA=a$\\\nX\nB="$\\\nX"\nC=\'b\\\nc\'\nexp\\\nort D\\\n=d\\\\\nE=e\n'
  expect(sh.evaluate(text, {}).variables).toEqual([
    { key: 'X', value: '1', line: 1 },
    { key: 'A', value: 'a1', line: 2 },
    { key: 'B', value: '1', line: 4 },
    { key: 'C', value: 'b\\\nc', line: 6 },
    { key: 'D', value: 'd\\', line: 8 },
    { key: 'E', value: 'e', line: 11 },
  ])
  expect(Object.fromEntries(valuesOf(sh.evaluate(text, {})))).toMatchObject(sourced('bash', text))
})

function sourced(shell: string, text: string): Record<string, string> {
  const dump =
    'set -a\neval "$1"\nfor n in A B C; do eval "[ -n \\"\\${$n+x}\\" ] && printf \'%s=%s\\0\' $n \\"\\$$n\\""; done; true'
  const output = execFileSync(shell, ['-c', dump, 'sh', text], {
    env: { HOME: '/home/ada' },
    encoding: 'utf8',
  })
  return Object.fromEntries(
    output
      .split('\0')
      .filter(Boolean)
      .map(entry => [entry.slice(0, 1), entry.slice(2)]),
  )
}
