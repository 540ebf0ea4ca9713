import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parseRuleFile } from '../../src/rules/rule-file.ts'

const rules = fileURLToPath(new URL('../../rules/', import.meta.url))

const steps = ['generic', 'providers'].flatMap(folder =>
  readdirSync(rules + folder)
    .filter(name => name.endsWith('.toml'))
    .flatMap(name => {
      const { response } = parseRuleFile(name, readFileSync(`${rules}${folder}/${name}`, 'utf8')).file
      const actions = [response?.identify, response?.revoke, response?.rotate, response?.audit]
      return actions.flatMap(action => action?.steps ?? []).map(step => ({ name, step }))
    }),
)

/** A pipe that feeds a program with the value from standard input. */
const pipes = steps.flatMap(({ name, step }) => {
  const [command] = /\{ (?:printf|tr) .*? \| curl .*?(?= {3}\(|$)/.exec(step) ?? []
  return command === undefined ? [] : [{ name, command }]
})

test('commands take the value from standard input and hand it on so, never as an argument', () => {
  const value = 'tHe-leaked_value.1'
  const script = [
    // Stands in for the real one: tells its arguments, and what it is given.
    'curl() { printf "<%s>" "$@"; printf " | "; tr "\\n" "~"; echo; }',
    ...pipes.map(({ command }) => `printf '%s\\n' '${value}' | ${command}`),
  ].join('\n')
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8' })
  expect([status, stderr]).toEqual([0, ''])
  const lines = stdout.trimEnd().split('\n')
  expect(lines).toHaveLength(pipes.length)
  const wrong = lines.flatMap((line, i) => {
    const [args = '', input = ''] = line.split(' | ')
    return args.includes(value) || !input.includes(value) ? [`${pipes[i]?.name}: ${line}`] : []
  })
  expect(wrong).toEqual([])
  expect(pipes.length).toBeGreaterThan(400)
})

test('no command keeps a value in a file: older shells write here-strings to one', () => {
  expect(steps.filter(({ step }) => step.includes('<<<')).map(({ name }) => name)).toEqual([])
})
