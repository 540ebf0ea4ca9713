import { expect, test } from 'vitest'
import { runCli } from '../support/run-cli.ts'
import { git, makeDirectory, makeRepository, writeFiles } from '../support/temporary-directory.ts'
import { makeToken } from '../support/tokens.ts'

test('a history is searched in the same way where git is not installed', () => {
  const directory = makeRepository()
  for (const number of [1, 2, 3]) {
    writeFiles(directory, { [`${number}.txt`]: `key = ${makeToken(number)}\n` })
    git(directory, 'add', '-A')
    git(directory, 'commit', '-qm', 'change')
    if (number === 2) git(directory, 'gc', '-q')
  }
  const scan = (env: NodeJS.ProcessEnv) => {
    const { stdout, stderr } = runCli(['scan', '--history', '--format', 'json', '--show-secrets'], {
      cwd: directory,
      env,
    })
    expect(stderr).toBe('')
    const { started, durationMs, ...report } = JSON.parse(stdout)
    return report
  }
  const without = scan({ PATH: makeDirectory() })
  expect(without).toEqual(scan({}))
  expect(without.findings.length).toBe(3)
})
