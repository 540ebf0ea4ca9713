import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { runCli } from '../support/run-cli.ts'
import { git, makeRepository, writeFiles } from '../support/temporary-directory.ts'
import { makeToken } from '../support/tokens.ts'

const COMMITS = 30
const SCANS = 8

/** Packs, unpacks and collects for as long as the test lasts; every object stays. */
const disturbance = `
while :; do
  git repack -qdf || true
  git gc -q --prune=never || true
  git repack -qAdf --unpack-unreachable=1.year.ago || true
  for pack in .git/objects/pack/*.pack; do
    mv "$pack" .git/moved.pack && rm -f "\${pack%.pack}".* && git unpack-objects -q < .git/moved.pack || true
    rm -f .git/moved.pack
  done
done`

test('what git moves between packs and files while it is searched is found or named', async () => {
  const directory = makeRepository()
  git(directory, 'config', 'gc.auto', '0')
  const expected = new Set<string>()
  for (let i = 0; i < COMMITS; i++) {
    writeFiles(directory, { [`${i}.txt`]: `key = ${makeToken(i)}\n` })
    expected.add(makeToken(i))
    git(directory, 'add', '-A')
    git(directory, 'commit', '-qm', `change ${i}`)
  }
  const packing = spawn('sh', ['-c', disturbance], { cwd: directory, stdio: 'ignore', detached: true })
  const ended = once(packing, 'exit')
  const outcomes: { found: number; complete: boolean }[] = []
  try {
    for (let i = 0; i < SCANS; i++) {
      const { stdout, stderr } = runCli(['scan', '--history', '--format', 'json', '--show-secrets'], {
        cwd: directory,
      })
      expect(stderr).toBe('')
      const { findings, coverage }: Report = JSON.parse(stdout)
      const found = findings.filter(({ secret }) => expected.has(secret)).length
      outcomes.push({ found, complete: coverage.complete })
    }
  } finally {
    if (packing.pid) process.kill(-packing.pid, 'SIGKILL')
    await ended
  }
  // Between the moving of a pack and its unpacking objects are really gone, which has to be told.
  expect(outcomes.filter(({ found, complete }) => complete && found < COMMITS)).toEqual([])
  expect(outcomes.length).toBe(SCANS)
}, 120_000)

interface Report {
  findings: { secret: string }[]
  coverage: { complete: boolean }
}
