import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { findProgram } from '../support/find-program.ts'
import { makeCommitted, tryGit } from '../support/hooked-repository.ts'
import { runCli } from '../support/run-cli.ts'
import { git, makeDirectory, writeFiles } from '../support/temporary-directory.ts'

const token = ['sk_l', 'ive_', 'q8Zt5vQ1hXw7', 'PbJ3mN9rK2sL'].join('')
const other = ['sk_l', 'ive_', 'uAf6eQ8zT5vQ', '1hXw7PbJ3mN9'].join('')
const root = fileURLToPath(new URL('../..', import.meta.url))
const cli = join(root, 'dist/cli.js')

/** `stanch` on PATH, as a global installation puts it there. */
function makePath(): string {
  const bin = makeDirectory()
  writeFileSync(join(bin, 'stanch'), `#!/bin/sh\nexec "${process.execPath}" "${cli}" "$@"\n`)
  chmodSync(join(bin, 'stanch'), 0o755)
  return `${bin}:${process.env.PATH}`
}

function run(program: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): void {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  })
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stdout}${stderr}`)
}

/** A commit and a push that hold a secret are stopped, clean ones pass. */
function expectGuarded(directory: string, env: NodeJS.ProcessEnv): void {
  const remote = join(makeDirectory(), 'remote.git')
  git(directory, 'init', '-q', '--bare', remote)
  git(directory, 'remote', 'add', 'origin', remote)
  git(directory, 'add', '.')
  expect(tryGit(directory, ['commit', '-qm', 'set up'], env)).toMatchObject({ code: 0 })
  expect(tryGit(directory, ['push', '-q', 'origin', 'main'], env)).toMatchObject({ code: 0 })
  writeFiles(directory, { 'leak.ts': token })
  git(directory, 'add', '.')
  const stopped = tryGit(directory, ['commit', '-qm', 'x'], env)
  expect(stopped.said).toContain('stanch: this commit was stopped, it would leak a secret')
  expect(stopped.code).toBe(1)
  tryGit(directory, ['commit', '-qm', 'x', '--no-verify'], env)
  const unpushed = tryGit(directory, ['push', 'origin', 'main'], env)
  expect(unpushed.said).toContain('stanch: this push was stopped, it would leak a secret')
  expect(unpushed.code).toBe(1)
  git(directory, 'reset', '-q', '--hard', 'HEAD~')
  writeFiles(directory, { 'fine.ts': 'fine\n', 'unstaged.ts': other })
  git(directory, 'add', 'fine.ts')
  expect(tryGit(directory, ['commit', '-qm', 'fine'], env)).toMatchObject({ code: 0 })
  expect(tryGit(directory, ['push', '-q', 'origin', 'main'], env)).toMatchObject({ code: 0 })
  expect(runCli(['hook', 'doctor'], { cwd: directory, env })).toMatchObject({ code: 0 })
}

function install(directory: string, env: NodeJS.ProcessEnv): void {
  for (const type of ['pre-commit', 'pre-push'])
    expect(runCli(['hook', 'install', '--type', type], { cwd: directory, env })).toMatchObject({ code: 0 })
}

test('husky runs our hooks', () => {
  const directory = makeCommitted()
  const env = { PATH: makePath() }
  mkdirSync(join(directory, '.husky'))
  run(findProgram('husky', 'npm ci'), [], directory, env)
  install(directory, env)
  expectGuarded(directory, env)
})

test('husky finds us as a dependency of the project', () => {
  const directory = makeCommitted({ '.gitignore': 'node_modules\n' })
  mkdirSync(join(directory, 'node_modules'))
  symlinkSync(root, join(directory, 'node_modules/stanch'))
  mkdirSync(join(directory, '.husky'))
  run(findProgram('husky', 'npm ci'), [], directory, {})
  install(directory, {})
  expectGuarded(directory, {})
})

test('the pre-commit framework runs our hooks', () => {
  const directory = makeCommitted()
  const env = { PATH: makePath(), PRE_COMMIT_HOME: makeDirectory() }
  writeFiles(directory, { '.pre-commit-config.yaml': 'repos: []\n' })
  install(directory, env)
  const program = findProgram('pre-commit', 'python3 -m pip install pre-commit')
  for (const type of ['pre-commit', 'pre-push'])
    run(program, ['install', '--hook-type', type], directory, env)
  expectGuarded(directory, env)
})

test('lefthook runs our hooks', () => {
  const directory = makeCommitted()
  const env = { PATH: makePath() }
  writeFiles(directory, { 'lefthook.yml': 'output: [failure, execution]\n' })
  install(directory, env)
  run(findProgram('lefthook', 'npm install --global lefthook@2.2.1'), ['install'], directory, env)
  expectGuarded(directory, env)
})

test('what we tell the pre-commit framework about our hooks is well formed', () => {
  const program = findProgram('pre-commit', 'python3 -m pip install pre-commit')
  const manifest = join(root, '.pre-commit-hooks.yaml')
  run(program, ['validate-manifest', manifest], makeDirectory(), {})
  expect(readFileSync(manifest, 'utf8')).toContain('entry: stanch hook run pre-commit')
})

test('the pre-commit framework stops env files and templates with secrets by our hook for them', () => {
  const hooks = makeDirectory()
  // As it is published, but for the installation, which would build the whole project.
  const manifest = readFileSync(join(root, '.pre-commit-hooks.yaml'), 'utf8')
  writeFiles(hooks, { '.pre-commit-hooks.yaml': manifest.replaceAll('language: node', 'language: system') })
  git(hooks, 'init', '-q')
  git(hooks, 'add', '.')
  git(hooks, 'commit', '-qm', 'hooks')
  const directory = makeCommitted({ '.gitignore': '.env\n' })
  const env = { PATH: makePath(), PRE_COMMIT_HOME: makeDirectory() }
  const revision = git(hooks, 'rev-parse', 'HEAD').trim()
  writeFiles(directory, {
    '.pre-commit-config.yaml': `repos:\n  - repo: ${hooks}\n    rev: ${revision}\n    hooks:\n      - id: stanch-env\n`,
    '.env.example': 'STRIPE_SECRET_KEY=\n',
    '.env': `STRIPE_SECRET_KEY=${token}\n`,
  })
  run(findProgram('pre-commit', 'python3 -m pip install pre-commit'), ['install'], directory, env)
  const commit = (...files: string[]) => {
    git(directory, 'add', '--force', ...files)
    const { code, said } = tryGit(directory, ['commit', '-qm', 'x'], env)
    expect(said).not.toContain(token)
    return [code, ...[...said.matchAll(/^ {2}(?:critical|high) .* {2}(\S+)$/gm)].map(([, rule]) => rule)]
  }
  expect(commit('.gitignore', '.pre-commit-config.yaml', '.env.example')).toEqual([0])
  expect(commit('.env')).toEqual([1, 'tracked'])
  git(directory, 'rm', '-q', '--cached', '.env')
  writeFiles(directory, { '.env.example': `STRIPE_SECRET_KEY=${token}\n` })
  expect(commit('.env.example')).toEqual([1, 'real-in-example'])
})
