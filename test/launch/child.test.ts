import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runCli } from '../support/run-cli.ts'
import { cliPath, startCli } from '../support/start-cli.ts'
import { makeDirectory } from '../support/temporary-directory.ts'

const store = ['--quiet', '--vault', 'env:T_']

/** All that can be caught, but for what Node itself, or a fault, raises. */
const signals = Object.keys(constants.signals).filter(
  name =>
    !/^SIG(?:KILL|STOP|CHLD|CLD|SEGV|BUS|FPE|ILL|PIPE|IOT|POLL|UNUSED|TSTP|TTIN|TTOU|BREAK|LOST|INFO)$/.test(
      name,
    ),
) as NodeJS.Signals[]

/** Prints each signal that it gets, and ends with 9 on standard input's end. */
const listener = `
for (const name of ${JSON.stringify(signals)}) process.on(name, () => console.log('got ' + name))
process.stdin.on('end', () => process.exit(9)).resume()
console.log('ready')`

test('every signal reaches the command, once', async () => {
  const cli = startCli(['run', ...store, '--', process.execPath, '-e', listener])
  await cli.prints('ready')
  for (const signal of signals) {
    cli.process.kill(signal)
    await cli.prints(`got ${signal}\n`)
  }
  cli.process.stdin?.end()
  const { end, stdout } = await cli.ended
  expect({ end, got: stdout.trim().split('\n').slice(1) }).toEqual({
    end: 9,
    got: signals.map(name => `got ${name}`),
  })
})

test('a signal that ends the command gives 128 and its number', async () => {
  const ends = await Promise.all(
    (['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGUSR2'] as const).map(async signal => {
      const cli = startCli(['run', ...store, '--', 'sh', '-c', 'echo ready; exec sleep 30'])
      await cli.prints('ready')
      cli.process.kill(signal)
      return (await cli.ended).end
    }),
  )
  expect(ends).toEqual([143, 129, 130, 140])
})

test('without a terminal a signal reaches all that the command has started', async () => {
  const script = `trap 'echo outer; wait; exit 3' TERM; (trap 'echo inner; exit' TERM; echo ready; while :; do sleep 0.02; done) & wait`
  const cli = startCli(['run', ...store, '--', 'sh', '-c', script])
  await cli.prints('ready')
  cli.process.kill('SIGTERM')
  const { end, stdout } = await cli.ended
  expect({ end, lines: stdout.trim().split('\n').sort() }).toEqual({
    end: 3,
    lines: ['inner', 'outer', 'ready'],
  })
})

test('a stop stops both, and a continuation continues both', async () => {
  const cli = startCli(['run', ...store, '--', 'sh', '-c', 'echo ready; read line; echo $line'])
  await cli.prints('ready')
  cli.process.kill('SIGTSTP')
  await untilStopped(cli.process.pid)
  cli.process.stdin?.write('typed\n')
  await new Promise(resolve => setTimeout(resolve, 150))
  const early = await Promise.race([cli.ended, Promise.resolve('stopped')])
  cli.process.kill('SIGCONT')
  expect([early, (await cli.ended).stdout]).toEqual(['stopped', 'ready\ntyped\n'])
})

test('a reader that goes away ends the command as it would without us', () => {
  const piped = (flag: string) =>
    spawnSync(
      'sh',
      [
        '-c',
        `"$@" | head -1`,
        'sh',
        process.execPath,
        cliPath,
        'run',
        ...store,
        flag,
        '--',
        'sh',
        '-c',
        'yes 2>&-; echo "yes ended with $?" >&2',
      ],
      {
        encoding: 'utf8',
      },
    )
  const [plain, masked] = ['--no-mask', '--mask'].map(piped).map(({ stdout, stderr }) => stdout + stderr)
  expect(plain).toBe('y\nyes ended with 141\n')
  // What we read through is a socket, which may break with an error where a pipe sends a signal.
  expect(masked).toMatch(/^y\nyes ended with (?:141|1)\n$/)
})

test('files that a shell opens for the command are handed down', () => {
  const directory = makeDirectory({ a: 'from a file' })
  const script = `exec 3<a; exec "$0" "$@" /dev/fd/3`
  const { process: shell, ended } = startCli(
    [
      'run',
      ...store,
      '--',
      'sh',
      '-c',
      script,
      process.execPath,
      '-e',
      'console.log(require("fs").readFileSync(process.argv[1], "utf8"))',
    ],
    { cwd: directory },
  )
  shell.stdin?.end()
  return ended.then(({ stdout }) => expect(stdout).toBe('from a file\n'))
})

test('--watch starts the command anew when a secret has changed, and goes on while the store fails', async () => {
  const directory = makeDirectory({ 'secrets/KEY': 'one' })
  const script = `trap 'exit 0' TERM; echo "$KEY"; while :; do sleep 0.02; done`
  const cli = startCli(['run', '--vault', 'file:secrets', '--watch', '0.1', '--', 'sh', '-c', script], {
    cwd: directory,
  })
  await cli.prints('one')
  writeFileSync(join(directory, 'secrets/KEY'), Buffer.from([0xff]))
  await new Promise(resolve => cli.process.stderr?.once('data', resolve))
  writeFileSync(join(directory, 'secrets/KEY'), 'two')
  await cli.prints('two')
  cli.process.kill('SIGTERM')
  const ended = await cli.ended
  // A shell says so when what it waits for is ended by a signal.
  expect({ ...ended, stderr: ended.stderr.replaceAll('Terminated\n', '') }).toEqual({
    end: 0,
    stdout: 'one\ntwo\n',
    stderr:
      'stanch: going on with what there was: file cannot use the value of "KEY" (stage local): not UTF-8\n' +
      'stanch: restarting, as secrets have changed\n',
  })
})

test('a watched command that ends by itself ends the watch with its code', () => {
  const { code } = runCli(['run', ...store, '--watch', '--', 'sh', '-c', 'exit 4'])
  expect(code).toBe(4)
})

test('five megabytes go through unchanged, masked or not', () => {
  const bytes = Buffer.alloc(5_000_000)
  for (let at = 0; at < bytes.length; at += 4) bytes.writeUInt32LE((at * 2654435761) >>> 0, at)
  const hash = (args: string[]) => {
    const { code, stdout } = runCli(['run', ...store, ...args, '--', process.execPath, '-e', hashInput], {
      input: bytes,
      env: { T_API_KEY: 'not in there' },
    })
    return { code, stdout }
  }
  const expected = { code: 0, stdout: hash([]).stdout }
  expect([hash(['--mask']), hash(['--no-mask'])]).toEqual([expected, expected])
  expect(expected.stdout).toMatch(/^[0-9a-f]{64} 5000000\n$/)
})

const hashInput = `
const hash = require('crypto').createHash('sha256'); let size = 0
process.stdin.on('data', chunk => { hash.update(chunk); size += chunk.length }).on('end', () => console.log(hash.digest('hex'), size))`

/** The state of a process stands behind its name, see proc(5). */
async function untilStopped(pid: number | undefined): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    if (/\) T /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) return
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}
