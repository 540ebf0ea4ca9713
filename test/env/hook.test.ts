import { chmodSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tryGit } from '../support/hooked-repository.ts'
import { cliPath } from '../support/run-cli.ts'
import { git, makeRepository, writeFiles } from '../support/temporary-directory.ts'
import { makeToken } from '../support/tokens.ts'

const token = makeToken(1)
const generated = ['q8Zt5vQ1', 'hXw7PbJ3'].join('')

/** A repository in which the command of docs/env.md is git's own hook. */
function makeHooked(): string {
  const root = makeRepository({
    '.env.example': 'API_TOKEN=\n',
    '.gitignore': '.env\n',
    '.env': `API_TOKEN=${token}\n`,
    '.git/hooks/pre-commit': `#!/bin/sh\nexec "${process.execPath}" "${cliPath}" env --only tracked,not-ignored,negated-ignore,real-in-example,client-bundle\n`,
  })
  chmodSync(join(root, '.git/hooks/pre-commit'), 0o755)
  return root
}

/** What git says of a commit that the hook has seen: its exit code, and the rules that stopped it. */
function commit(root: string, ...options: string[]): { code: number | null; rules: string[] } {
  const { code, said } = tryGit(root, ['commit', '-qm', 'x', ...options])
  expect(said).not.toContain(token)
  return {
    code,
    rules: [...said.matchAll(/^ {2}(?:critical|high) .* {2}(\S+)$/gm)].map(([, rule = '']) => rule),
  }
}

test('as a hook it lets a commit pass that takes no secret along', () => {
  const root = makeHooked()
  git(root, 'add', '.')
  expect(commit(root)).toEqual({ code: 0, rules: [] })
})

test('as a hook it stops a commit of an env file, and of a template with a real value', () => {
  const root = makeHooked()
  git(root, 'add', '-f', '.')
  expect(commit(root)).toEqual({ code: 1, rules: ['tracked'] })
  git(root, 'rm', '-q', '--cached', '.env')
  writeFiles(root, { '.env.example': `API_TOKEN=${token}\n` })
  git(root, 'add', '.')
  expect(commit(root)).toEqual({ code: 1, rules: ['real-in-example'] })
})

test('as a hook it looks at what is staged, not only at the working copies', () => {
  const root = makeHooked()
  writeFiles(root, { '.env.example': `API_TOKEN=${token}\n`, 'api.env': `DB_PASSWORD=${generated}\n` })
  git(root, 'add', '.')
  writeFileSync(join(root, '.env.example'), 'API_TOKEN=\n')
  rmSync(join(root, 'api.env'))
  expect(commit(root)).toEqual({ code: 1, rules: ['real-in-example', 'tracked'] })
})

test('as a hook it looks at the index that git is about to commit', () => {
  const root = makeHooked()
  git(root, 'add', '.')
  git(root, 'commit', '-qm', 'first')
  writeFiles(root, { '.env.example': `API_TOKEN=${token}\n` })
  git(root, 'add', '.env.example')
  writeFiles(root, { '.env.example': 'API_TOKEN=\nPORT=\n', a: '1' })
  // `git commit -a` takes the working copy; the index that was staged before is not committed.
  expect(commit(root, '-a')).toEqual({ code: 0, rules: [] })
})
