import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { runCli } from '../support/run-cli.ts'
import { makeDirectory } from '../support/temporary-directory.ts'

const token = ['ghp', '_', 'V7mK2xQ9tR4w', 'Z8nB5cJ3hL6p', 'D1fG0s2PNJTr'].join('')
const fault = fileURLToPath(new URL('../support/worker-fault.cjs', import.meta.url))
const COUNT = 1500

/** Many files, in each tenth of them a password of its own; the last one is called `z/killer.txt`. */
function makeTree(): string {
  const files = Array.from({ length: COUNT }, (_, i): [string, string] => [
    `d${i % 7}/f${i}.txt`,
    i % 10 ? 'nothing here\n' : `password = "kV9${i}mQ2!pLz8w"\n`,
  ])
  return makeDirectory(Object.fromEntries([...files, ['z/killer.txt', `token: ${token}`]]))
}

test('the report is the same whatever the number of threads', () => {
  const cwd = makeTree()
  const [one, ...others] = [1, 2, 5].map(jobs => scan(cwd, jobs))
  expect(one?.findings.length).toBe(COUNT / 10 + 1)
  for (const other of others) expect(other).toEqual(one)
})

test('a file that a worker dies of is reported, and all others are read', () => {
  const cwd = makeTree()
  const { findings, coverage } = scan(cwd, 3, {
    NODE_OPTIONS: `--require ${fault}`,
    STANCH_TEST_DIED: join(makeDirectory(), 'died'),
  })
  expect(findings.length).toBe(COUNT / 10)
  expect(coverage).toMatchObject({
    complete: false,
    items: COUNT,
    skipped: [{ reason: 'worker-died', count: 1, examples: ['z/killer.txt'] }],
  })
})

function scan(cwd: string, jobs: number, env?: NodeJS.ProcessEnv) {
  const { stdout, stderr } = runCli(['scan', '--format', 'json', '-j', String(jobs)], {
    cwd,
    ...(env ? { env } : {}),
  })
  expect(stderr).toBe('')
  const { started, durationMs, ...report } = JSON.parse(stdout)
  return report
}
