import { spawnSync } from 'node:child_process'
import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { cliPath, runCli } from '../support/run-cli.ts'
import { makeDirectory } from '../support/temporary-directory.ts'

test.each([
  [['sc'], ['scan']],
  [['rules', 'li'], ['list']],
  [['--cwd', 'x', 'rules', 'sh'], ['show']],
  [['scan', '--max-archive-d'], ['--max-archive-depth']],
  [['scan', '--verb'], ['--verbose']],
  [
    ['scan', '--format', 'js'],
    ['json', 'jsonl'],
  ],
  [
    ['scan', '--format=js'],
    ['--format=json', '--format=jsonl'],
  ],
  [
    ['scan', '--format', '=', 'js'],
    ['json', 'jsonl'],
  ],
  [
    ['scan', '--fail-on', '='],
    ['low', 'medium', 'high', 'critical'],
  ],
  [['scan', '--baseline', ''], []],
  [['scan', 'src/'], []],
  [['scan', '--', '--form'], []],
])('after %j come %j', (words, expected) => {
  const { code, stdout, stderr } = runCli(['complete', '--', ...words])
  expect({ code, found: stdout.split('\n').slice(0, -1).map(nameOf), stderr }).toEqual({
    code: 0,
    found: expected,
    stderr: '',
  })
})

test('bash completes with the script, and evaluates nothing that was typed', () => {
  const directory = makeDirectory({ stanch: `#!/bin/sh\nexec "${process.execPath}" "${cliPath}" "$@"\n` })
  chmodSync(join(directory, 'stanch'), 0o755)
  const typed = `COMP_WORDS=(stanch '$(touch evaluated)' rules li) COMP_CWORD=3; _stanch`
  const script = `source <(stanch completion bash); ${typed}; printf '%s\\n' "\${COMPREPLY[@]}"; ls`
  const { stdout, stderr } = spawnSync('bash', ['-c', script], {
    cwd: directory,
    env: { ...process.env, PATH: `${directory}:${process.env.PATH}` },
    encoding: 'utf8',
  })
  expect({ stdout, stderr }).toEqual({ stdout: 'list\nstanch\n', stderr: '' })
})

test('a shell that is not known is an error that names those that are', () => {
  expect(runCli(['completion', 'nosh'])).toEqual({
    code: 2,
    stdout: '',
    stderr:
      "stanch: command-argument value 'nosh' is invalid for argument 'shell'. Shells are bash, fish, powershell, zsh.\n" +
      '  Run "stanch completion --help".\n',
  })
})

function nameOf(line: string): string {
  return line.split('\t')[0] ?? ''
}
