import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runCli } from '../support/run-cli.ts'
import { git, makeRepository, writeFiles } from '../support/temporary-directory.ts'
import { makeToken } from '../support/tokens.ts'

const token = makeToken(1)

/** A project whose keys are read by the code of a submodule, which has an env file of its own. */
function makeProject(): string {
  const library = makeRepository({
    'main.ts': "import 'dotenv/config'\nprocess.env.CRM_URL + process.env.B + process.env.C",
  })
  git(library, 'add', '.')
  git(library, 'commit', '-qm', 'a')
  const root = makeRepository({
    '.env': `CRM_URL=http://a.test\nB=1\nC=2\nCRM_KEY=${token}\nCRM_MODE=full\n`,
    '.gitignore': '.env\n',
  })
  git(root, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', library, 'lib')
  writeFiles(root, { 'lib/.env': `KEY=${token}\n`, 'lib/.gitignore': '.env\n' })
  return root
}

const problems = (root: string) =>
  JSON.parse(
    runCli(['env', '--machine', 'developer', '--only', 'unused-key,orphan,link', '--format', 'json'], {
      cwd: root,
    }).stdout,
  ).problems.map(({ rule, path, key }: Record<string, unknown>) => `${rule} ${path} ${key}`)

test('the code of submodules is searched for keys, and their env files for values in use', () => {
  expect(problems(makeProject())).toEqual([
    'unused-key .env CRM_KEY',
    'link lib/.env KEY',
    'unused-key .env CRM_MODE',
  ])
})

test('what reads a key is not told where a submodule is not checked out', () => {
  const root = makeProject()
  rmSync(join(root, 'lib'), { recursive: true })
  expect(problems(root)).toEqual([])
})
