import { spawnSync } from 'node:child_process'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'
import { findProgram } from '../support/find-program.ts'
import { makeRepository } from '../support/temporary-directory.ts'

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))
const token = ['sk_l', 'ive_', 'q8Zt5vQ1hXw7', 'PbJ3mN9rK2sL'].join('')
const other = ['sk_l', 'ive_', 'uAf6eQ8zT5vQ', '1hXw7PbJ3mN9'].join('')

/** A program on a real terminal, whose screen can be read and whose keys can be pressed. With CI set Ink draws nothing. */
function openTerminal(cwd: string, args: readonly string[]) {
  const tmux = findProgram('tmux', 'apt-get install tmux')
  const name = `stanch-${process.pid}-${Math.random().toString(36).slice(2)}`
  const script = join(cwd, 'start.sh')
  writeFileSync(
    script,
    `#!/bin/sh\ncd "${cwd}"\nunset NODE_EXTRA_CA_CERTS CI CONTINUOUS_INTEGRATION\n"${process.execPath}" "${cli}" ${args.join(' ')}\necho "ended with $?"\nsleep 60\n`,
  )
  chmodSync(script, 0o755)
  const run = (...words: string[]) => spawnSync(tmux, ['-L', name, ...words], { encoding: 'utf8' }).stdout
  run('-f', '/dev/null', 'new-session', '-d', '-s', 'one', '-x', '110', '-y', '30', script)
  onTestFinished(() => void run('kill-server'))
  return {
    press: (...keys: string[]) => keys.forEach(key => void run('send-keys', '-t', 'one', key)),
    waitFor: (pattern: string) =>
      vi.waitFor(() => expect(run('capture-pane', '-t', 'one', '-p')).toMatch(new RegExp(pattern)), {
        timeout: 20_000,
        interval: 100,
      }),
  }
}

function verdicts(directory: string): (string | undefined)[] {
  const lines = readFileSync(join(directory, '.stanch-baseline.jsonl'), 'utf8').trimEnd().split('\n')
  return lines
    .map(line => JSON.parse(line))
    .map(({ verdict, reason }) => (reason ? `${verdict}: ${reason}` : verdict))
}

test('an audit on a terminal can be left and gone on with', async () => {
  const directory = makeRepository({ 'a.ts': `const a = 1\nkey = '${token}'\n`, 'b.ts': other })
  const first = openTerminal(directory, ['baseline', 'audit'])
  await first.waitFor('1 of 2')
  await first.waitFor("> {5}2  key = 'sk_l…")
  first.press('f')
  await first.waitFor('2 of 2')
  first.press('q')
  await first.waitFor('ended with 0')
  expect(verdicts(directory)).toEqual(['false'])
  const second = openTerminal(directory, ['baseline', 'audit'])
  await second.waitFor('1 of 1')
  second.press('a')
  await second.waitFor('Why is it accepted?')
  second.press('old')
  await second.waitFor('Why is it accepted\\? old')
  second.press('Enter')
  await second.waitFor('ended with 0')
  expect(verdicts(directory).sort()).toEqual(['accepted: old', 'false'])
})
