import { spawnSync } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, vi } from 'vitest'
import { findProgram } from './find-program.ts'

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

/** A shell's commands on a real terminal, whose screen can be read and whose keys can be pressed. `stanch` is ours. */
export function openTerminal(cwd: string, commands: string, { columns = 80, rows = 24 } = {}) {
  const tmux = findProgram('tmux', 'apt-get install tmux')
  const name = `stanch-${process.pid}-${Math.random().toString(36).slice(2)}`
  const script = join(cwd, '.start.sh')
  // With CI set Ink draws nothing.
  writeFileSync(
    script,
    `#!/bin/bash\ncd "${cwd}"\nunset NODE_EXTRA_CA_CERTS CI CONTINUOUS_INTEGRATION\nstanch() { "${process.execPath}" "${cli}" "$@"; }\n${commands}\necho "ended with $?"\nsleep 60\n`,
  )
  chmodSync(script, 0o755)
  const run = (...words: string[]) => spawnSync(tmux, ['-L', name, ...words], { encoding: 'utf8' }).stdout
  run('-f', '/dev/null', 'new-session', '-d', '-s', 'one', '-x', String(columns), '-y', String(rows), script)
  run('set', '-s', 'set-clipboard', 'on')
  onTestFinished(() => void run('kill-server'))
  const frame = () =>
    run('capture-pane', '-t', 'one', '-p')
      .split('\n')
      .map(line => line.trimEnd())
  return {
    frame,
    clipboard: () => run('show-buffer'),
    /** Sends a signal to the program that runs in the shell. */
    signal: (signal: string) => {
      const shell = run('display-message', '-p', '-t', 'one', '#{pane_pid}').trim()
      spawnSync('pkill', [`-${signal}`, '-P', shell])
    },
    press: (...keys: string[]) => keys.forEach(key => void run('send-keys', '-t', 'one', key)),
    type: (text: string) => void run('send-keys', '-t', 'one', '-l', text),
    waitFor: (pattern: string | RegExp) =>
      vi.waitFor(() => expect(frame().join('\n')).toMatch(new RegExp(pattern)), {
        timeout: 20_000,
        interval: 50,
      }),
  }
}
