import { expect, test } from 'vitest'
import { runCli } from '../support/run-cli.ts'
import { git, makeDirectory, makeRepository, writeFiles } from '../support/temporary-directory.ts'

const token = ['sk_l', 'ive_', 'q8Zt5vQ1hXw7', 'PbJ3mN9rK2sL'].join('')
const other = ['sk_l', 'ive_', 'uAf6eQ8zT5vQ', '1hXw7PbJ3mN9'].join('')

test('what a diff adds is reported at its line in the new file, what it shows or removes is not', () => {
  const directory = makeRepository({ 'a.ts': `one\n${token}\ntwo\nthree\n` })
  git(directory, 'add', '.')
  git(directory, 'commit', '-qm', 'x')
  writeFiles(directory, { 'a.ts': `one\n${token}\ntwo\nkey = ${other}\nthree\n` })
  const patch = git(directory, 'diff')
  const { code, stdout } = runCli(['scan', '--patch', '-', '--format', 'json'], {
    cwd: directory,
    input: patch,
  })
  const { findings, source, coverage } = JSON.parse(stdout)
  expect({ code, source, complete: coverage.complete }).toEqual({
    code: 1,
    source: { kind: 'patch', target: '-' },
    complete: true,
  })
  expect(findings.map(({ places }: { places: object[] }) => places)).toEqual([
    [expect.objectContaining({ kind: 'file', path: 'a.ts', line: 4, column: 7, tracked: false })],
  ])
  git(directory, 'checkout', '-q', '.')
  writeFiles(directory, { 'p.diff': patch, 'removes.diff': patch.replaceAll(/^\+key/gm, '-key') })
  expect(runCli(['scan', '--patch', 'p.diff'], { cwd: directory }).code).toBe(1)
  expect(runCli(['scan', '--patch', 'removes.diff'], { cwd: directory }).code).toBe(0)
})

test('an empty patch is clean; other text and a missing file are trouble', () => {
  const cwd = makeDirectory()
  expect(runCli(['scan', '--patch', '-'], { cwd, input: '' }).code).toBe(0)
  expect(runCli(['scan', '--patch', '-'], { cwd, input: 'hello\n' })).toEqual({
    code: 2,
    stdout: '',
    stderr:
      'stanch: standard input holds no patch\n  Give what "git diff" or "diff -u" prints; for other text there is --stdin.\n',
  })
  expect(runCli(['scan', '--patch', 'none'], { cwd }).stderr).toContain('cannot read the patch "none"')
  expect(runCli(['scan', '--patch', '-', '--staged'], { cwd }).stderr).toContain(
    '--staged and --patch exclude each other',
  )
})
