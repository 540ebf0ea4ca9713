/** `stanch run` on a terminal, as the first process of a container, without a shell, and with much to say. */
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { findProgram } from '../support/find-program.ts'
import { cliPath } from '../support/start-cli.ts'
import { makeDirectory } from '../support/temporary-directory.ts'

const terminal = fileURLToPath(new URL('../support/terminal.py', import.meta.url))
const python = findProgram('python3', 'apt-get install python3')
const unshare = findProgram('unshare', 'apt-get install util-linux')
const { NODE_EXTRA_CA_CERTS, CI, ...env } = process.env
const stanch = [process.execPath, cliPath, 'run', '--quiet', '--vault', 'env:T_', '--']

type Step = Record<string, unknown>

function onTerminal(steps: readonly Step[], command: readonly string[]): { code: number; output: string } {
  const { stdout, stderr } = spawnSync(python, [terminal, JSON.stringify(steps), ...command], {
    encoding: 'utf8',
    env: { ...env, PS1: '$ ', TERM: 'dumb' },
  })
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout)
}

/** Says what it gets, and ends with 7 half a second after the first. */
const counter = `
let timer; const seen = []
for (const name of ['SIGINT', 'SIGQUIT', 'SIGWINCH', 'SIGTERM', 'SIGHUP']) process.on(name, () => {
  seen.push(name)
  timer ??= setTimeout(() => { (process.argv[1] ? require('fs').writeFileSync(process.argv[1], seen.join()) : console.log('seen ' + seen)); process.exit(7) }, 500)
})
setInterval(() => {}, 1000); console.log('ready')`

test('the command has the terminal: all streams, its size, and /dev/tty', () => {
  const script = 'test -t 0 && test -t 1 && test -t 2 && stty size && echo "for you" > /dev/tty; exit 6'
  expect(onTerminal([{ wait: 'for you' }], [...stanch, 'sh', '-c', script])).toEqual({
    code: 6,
    output: '24 80\r\nfor you\r\n',
  })
})

const typed: [what: string, step: Step, seen: string][] = [
  ['Ctrl-C', { type: '\x03' }, 'SIGINT'],
  ['Ctrl-\\', { type: '\x1c' }, 'SIGQUIT'],
  ['a resize', { resize: [30, 90] }, 'SIGWINCH'],
  ['SIGTERM from elsewhere', { signal: 'SIGTERM' }, 'SIGTERM'],
  ['SIGHUP from elsewhere', { signal: 'SIGHUP' }, 'SIGHUP'],
]

test.each(typed)('%s reaches the command once, and its exit code counts', (_, step, seen) => {
  const { code, output } = onTerminal([{ wait: 'ready' }, step], [...stanch, process.execPath, '-e', counter])
  expect({ code, seen: /seen (.*)\r/.exec(output)?.[1] }).toEqual({ code: 7, seen })
})

test('a hang-up of the terminal reaches the command once, and ends us when it has ended', () => {
  const file = join(makeDirectory(), 'seen')
  const { code } = onTerminal(
    [{ wait: 'ready' }, { hangUp: true }],
    [...stanch, process.execPath, '-e', counter, file],
  )
  expect({ code, seen: readFileSync(file, 'utf8') }).toEqual({ code: -1, seen: 'SIGHUP' })
})

test('Ctrl-Z stops the command, and fg lets it go on', () => {
  const line = [...stanch, 'sh', '-c', `'echo ready; read word; echo "got $word"'`].join(' ')
  const { output } = onTerminal(
    [
      { wait: 'bash' },
      { type: `${line}\n` },
      { wait: '\nready' },
      { type: '\x1a' },
      { wait: 'Stopped' },
      { type: 'fg\n' },
      { pause: 0.5 },
      { type: 'typed\n' },
      { wait: 'got typed' },
      { type: 'exit\n' },
    ],
    ['env', 'PS1=bash> ', 'bash', '--norc', '-i'],
  )
  expect(output).toMatch(/\nready\r\n[\s\S]*Stopped[\s\S]*fg\r\n[\s\S]*typed\r\ngot typed\r\n/)
})

const asFirst = [unshare, '--map-root-user', '--pid', '--fork', '--mount-proc', '--kill-child']

/** What the system calls the process that is number 1 in there. */
function firstIn(parent: number): number {
  return Number(readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').trim())
}

test('as process 1 of a container it passes the exit code and signals on, and takes the rest with it', async () => {
  const run = (script: string) => {
    const child = spawn(asFirst[0] ?? '', [...asFirst.slice(1), ...stanch, 'sh', '-c', script], {
      env,
      detached: true,
    })
    let stdout = ''
    child.stdout.on('data', chunk => {
      stdout += chunk
    })
    const ended = new Promise<{ code: number | null; stdout: string }>(resolve =>
      child.on('close', code => resolve({ code, stdout })),
    )
    const ready = new Promise(resolve => child.stdout.once('data', resolve))
    return { child, ended, ready }
  }
  const first = run('echo "parent $PPID"; exit 5')
  expect(await first.ended).toEqual({ code: 5, stdout: 'parent 1\n' })

  const second = run(`trap 'echo got it; exit 4' TERM; echo ready; while :; do sleep 0.02; done`)
  await second.ready
  process.kill(firstIn(second.child.pid ?? 0), 'SIGTERM')
  expect(await second.ended).toEqual({ code: 4, stdout: 'ready\ngot it\n' })

  // Without a handler: process 1 itself would ignore it; the command does not, as it is not process 1.
  const third = run('(sleep 60 &) ; echo ready; exec sleep 60')
  await third.ready
  process.kill(firstIn(third.child.pid ?? 0), 'SIGTERM')
  expect(await third.ended).toEqual({ code: 143, stdout: 'ready\n' })
})

test('it needs no shell, and nothing else that a distroless image lacks', () => {
  const root = makeDirectory({
    'app/server.js': 'console.log(process.env.API_KEY, process.ppid); process.exitCode = 3',
  })
  copyFileSync(process.execPath, join(root, 'node'))
  for (const [library] of execFileSync('ldd', [process.execPath], { encoding: 'utf8' }).matchAll(/\/\S+/g)) {
    mkdirSync(dirname(join(root, library)), { recursive: true })
    copyFileSync(library, join(root, library))
  }
  cpSync(dirname(cliPath), join(root, 'stanch/dist'), { recursive: true })
  mkdirSync(join(root, 'proc'))
  copyFileSync(join(dirname(cliPath), '../package.json'), join(root, 'stanch/package.json'))
  const args = [...asFirst.slice(1, 4), '--kill-child', '--root', root, '--wd', '/app']
  const { status, stdout, stderr } = spawnSync(
    unshare,
    [...args, '/node', '/stanch/dist/cli.js', 'run', '--vault', 'env:T_', '--', '/node', 'server.js'],
    { env: { T_API_KEY: 'k' }, encoding: 'utf8' },
  )
  expect({ status, stdout, stderr }).toEqual({ status: 3, stdout: 'k 1\n', stderr: '' })
})

test('fifty megabytes go through pipes, and every secret in them is hidden', () => {
  const secret = ['wJalr', 'XUtn+FEMI/K7'].join('')
  const directory = makeDirectory()
  const block = `${'x'.repeat(997)}${secret}\n${encodeURIComponent(secret)} `
  writeFileSync(join(directory, 'in'), block.repeat(Math.ceil(50_000_000 / block.length)))
  const [node, cli] = [process.execPath, cliPath]
  const pipe = (flag: string, out: string) =>
    execFileSync(
      'sh',
      ['-c', `cat in | "${node}" "${cli}" run --vault env:T_ ${flag} -- cat | cat > ${out}`],
      {
        cwd: directory,
        env: { ...env, T_API_KEY: secret },
      },
    )
  pipe('--no-mask', 'plain')
  pipe('--mask', 'masked')
  const text = readFileSync(join(directory, 'in'), 'latin1')
  expect(readFileSync(join(directory, 'plain'), 'latin1') === text).toBe(true)
  const hidden = text.replaceAll(secret, '***').replaceAll(encodeURIComponent(secret), '***')
  expect(readFileSync(join(directory, 'masked'), 'latin1') === hidden).toBe(true)
})
