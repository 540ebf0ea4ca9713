import { chmodSync, readFileSync, renameSync, symlinkSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runCli } from '../support/run-cli.ts'
import { git, makeDirectory, makeRepository, writeFiles } from '../support/temporary-directory.ts'

const token = ['sk_l', 'ive_', 'q8Zt5vQ1hXw7', 'PbJ3mN9rK2sL'].join('')
const other = ['sk_l', 'ive_', 'uAf6eQ8zT5vQ', '1hXw7PbJ3mN9'].join('')

/** `path:line` of what is reported as staged. */
function staged(cwd: string, env: NodeJS.ProcessEnv = {}): string[] {
  const { stdout, stderr } = runCli(['scan', '--staged', '--format', 'json'], { cwd, env })
  expect(stderr).toBe('')
  const { findings, coverage, source } = JSON.parse(stdout)
  expect({ complete: coverage.complete, kind: source.kind }).toEqual({ complete: true, kind: 'staged' })
  const places: { path: string; line: number }[] = findings.flatMap(
    (finding: { places: object[] }) => finding.places,
  )
  return places.map(({ path, line }) => `${path}:${line}`).sort()
}

/** A repository with a first commit of these files. */
function committed(files: Record<string, string | Buffer> = { 'a.ts': 'one\ntwo\nthree\n' }): string {
  const directory = makeRepository(files)
  git(directory, 'add', '.')
  git(directory, 'commit', '-qm', 'first')
  return directory
}

test('the index is read, not the working copy', () => {
  const directory = committed()
  writeFiles(directory, { 'a.ts': `one\n${token}\nthree\n` })
  expect(staged(directory)).toEqual([])
  git(directory, 'add', '.')
  writeFiles(directory, { 'a.ts': 'one\n' })
  expect(staged(directory)).toEqual(['a.ts:2'])
  unlinkSync(join(directory, 'a.ts'))
  expect(staged(directory)).toEqual(['a.ts:2'])
})

test('only what touches an added or changed line is reported', () => {
  const directory = committed({ 'a.ts': `${token}\n\n\nlast\n`, 'b.ts': `${token}\n` })
  writeFiles(directory, { 'a.ts': `${token}\n\n\nlast changed\nkey = ${other}\n` })
  git(directory, 'add', '.')
  expect(staged(directory)).toEqual(['a.ts:5'])
  writeFiles(directory, { 'a.ts': `x = ${token}\n\n\nlast\n` })
  git(directory, 'add', '.')
  expect(staged(directory)).toEqual(['a.ts:1'])
})

test('the exit code blocks a commit', () => {
  const directory = committed()
  expect(runCli(['scan', '--staged'], { cwd: directory }).code).toBe(0)
  writeFiles(directory, { 'b.ts': token })
  git(directory, 'add', '.')
  expect(runCli(['scan', '--staged'], { cwd: directory }).code).toBe(1)
})

test('the first commit has no parent: all of it is new', () => {
  const directory = makeRepository({ 'a.ts': token, 'deep/in/b.ts': other })
  expect(staged(directory)).toEqual([])
  git(directory, 'add', '.')
  expect(staged(directory)).toEqual(['a.ts:1', 'deep/in/b.ts:1'])
})

test('a renamed file is compared with what it was', () => {
  const lines = Array.from({ length: 30 }, (_, i) => `line ${i}`).join('\n')
  const directory = committed({ 'old.ts': `${lines}\n${token}\n` })
  git(directory, 'mv', 'old.ts', 'new.ts')
  expect(staged(directory)).toEqual([])
  writeFiles(directory, { 'new.ts': `${lines}\n${token}\n${other}\n` })
  git(directory, 'add', '.')
  expect(staged(directory)).toEqual(['new.ts:32'])
})

test('a merge reports what no parent has', () => {
  const directory = committed({ 'a.ts': 'base\n', 'b.ts': 'base\n' })
  git(directory, 'checkout', '-q', '-b', 'side')
  writeFiles(directory, { 'a.ts': 'side\n', 'side.ts': token })
  git(directory, 'add', '.')
  git(directory, 'commit', '-qm', 'side')
  git(directory, 'checkout', '-q', 'main')
  writeFiles(directory, { 'a.ts': `main\n` })
  git(directory, 'commit', '-qam', 'main')
  expect(() => git(directory, 'merge', '-q', 'side')).toThrow()
  writeFiles(directory, { 'a.ts': `main\n${other}\nside\n` })
  git(directory, 'add', '.')
  expect(staged(directory)).toEqual(['a.ts:2'])
})

test('a conflict that is not solved yet is read as far as it goes', () => {
  const directory = committed({ 'a.ts': 'base\n' })
  git(directory, 'checkout', '-q', '-b', 'side')
  writeFiles(directory, { 'a.ts': 'side\n' })
  git(directory, 'commit', '-qam', 'side')
  git(directory, 'checkout', '-q', 'main')
  writeFiles(directory, { 'a.ts': 'main\n' })
  git(directory, 'commit', '-qam', 'main')
  expect(() => git(directory, 'merge', '-q', 'side')).toThrow()
  writeFiles(directory, { 'new.ts': token })
  git(directory, 'add', 'new.ts')
  expect(staged(directory)).toEqual(['new.ts:1'])
})

test('nothing is staged of a file added with --intent-to-add', () => {
  const directory = committed()
  writeFiles(directory, { 'b.ts': token, 'c.ts': other })
  git(directory, 'add', '-N', 'b.ts')
  git(directory, 'add', 'c.ts')
  expect(staged(directory)).toEqual(['c.ts:1'])
})

test('a submodule is not entered and does not disturb', () => {
  const inner = committed({ 'inner.ts': token })
  const directory = committed()
  git(directory, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner, 'sub')
  writeFiles(directory, { 'z.ts': other })
  git(directory, 'add', '.')
  expect(staged(directory)).toEqual(['z.ts:1'])
})

test('a link is its text, an executable a file, and a change of mode no change', () => {
  const directory = committed({ 'run.sh': token })
  chmodSync(join(directory, 'run.sh'), 0o755)
  symlinkSync(other, join(directory, 'link'))
  git(directory, 'add', '.')
  expect(staged(directory)).toEqual(['link:1'])
})

test('line ends, encodings and filters: what is searched is what is committed', () => {
  const directory = committed({
    '.gitattributes': '*.crlf text eol=crlf\n*.u16 working-tree-encoding=UTF-16\n',
  })
  writeFiles(directory, {
    'a.crlf': `one\r\n${token}\r\n`,
    'b.u16': Buffer.from(`\ufeffone\n${other}\n`, 'utf16le'),
  })
  git(directory, 'add', '.')
  expect(staged(directory)).toEqual(['a.crlf:2', 'b.u16:2'])
  git(directory, 'commit', '-qm', 'both')
  writeFiles(directory, { 'a.crlf': `one\r\n${token}\r\nthree\r\n` })
  git(directory, 'add', '.')
  expect(staged(directory)).toEqual([])
})

const bypasses: [title: string, prepare: (directory: string) => void][] = [
  ['an external diff that shows nothing', d => git(d, 'config', 'diff.external', 'true')],
  [
    'a text conversion that shows nothing',
    d => {
      git(d, 'config', 'diff.hide.textconv', 'echo nothing #')
      writeFiles(d, { '.gitattributes': '* diff=hide\n' })
    },
  ],
  ['attributes that call all files binary', d => writeFiles(d, { '.gitattributes': '* -diff\n* binary\n' })],
  [
    'options that change how git prints a diff',
    d => {
      for (const [key, value] of [
        ['diff.noprefix', 'true'],
        ['diff.mnemonicPrefix', 'true'],
        ['diff.context', '0'],
        ['diff.interHunkContext', '9'],
        ['diff.renames', 'copies'],
        ['diff.relative', 'true'],
        ['diff.ignoreSubmodules', 'all'],
        ['diff.orderFile', 'none'],
        ['color.ui', 'always'],
        ['core.quotePath', 'true'],
        ['core.pager', 'cat'],
      ] as const)
        git(d, 'config', key, value)
    },
  ],
  ['a file that is not to be looked at', d => git(d, 'update-index', '--assume-unchanged', 'base.ts')],
  ['a work tree marked as not there', d => git(d, 'update-index', '--skip-worktree', 'base.ts')],
  ['an index in the newest form', d => git(d, 'update-index', '--index-version', '4')],
  ['a split index', d => git(d, 'update-index', '--split-index')],
  ['an untracked cache', d => git(d, 'update-index', '--force-untracked-cache')],
  ['a sparse checkout', d => git(d, 'sparse-checkout', 'set', '--no-cone', '/*', '!/hidden')],
  [
    'a sparse index',
    d => {
      git(d, 'sparse-checkout', 'set', '--cone', 'src')
      git(d, 'sparse-checkout', 'reapply', '--sparse-index')
    },
  ],
  ['packed refs and objects', d => git(d, 'gc', '-q')],
  ['a detached HEAD', d => git(d, 'checkout', '-q', '--detach')],
]

test.each(bypasses)('%s hides nothing', (_title, prepare) => {
  const directory = committed({ 'base.ts': 'one\ntwo\n', 'src/deep/x.ts': 'x\n', 'hidden/h.ts': 'h\n' })
  prepare(directory)
  writeFiles(directory, { 'base.ts': `one\n${token}\ntwo\n`, 'src/deep/y.ts': other })
  git(directory, 'update-index', '--no-assume-unchanged', 'base.ts')
  git(directory, 'update-index', '--no-skip-worktree', 'base.ts')
  git(directory, 'add', '--all')
  expect(staged(directory)).toEqual(['base.ts:2', 'src/deep/y.ts:1'])
})

test('names that git would have to quote, and lines that look like a diff', () => {
  const directory = committed({ 'plus.diff': 'a\n' })
  const names = [
    'a b.ts',
    'new\nline.ts',
    '"quoted".ts',
    'ключ.ts',
    '-rf',
    'tab\t.ts',
    '++ b.ts',
    '@@ -1 +1 @@',
  ]
  writeFiles(directory, Object.fromEntries(names.map(name => [name, token])))
  writeFiles(directory, { 'plus.diff': `a\n++ b/x.ts\n+++ /dev/null\n@@ -0,0 +1 @@\n-- ${other}\n` })
  git(directory, 'add', '.')
  expect(staged(directory)).toEqual([...names.map(name => `${name}:1`), 'plus.diff:5'].sort())
})

test('a linked work tree, a bare repository with a work tree, and a folder below', () => {
  const directory = committed()
  const linked = join(makeDirectory(), 'linked')
  git(directory, 'worktree', 'add', '-q', linked)
  writeFiles(linked, { 'b.ts': token, 'deep/c.ts': other })
  git(linked, 'add', '.')
  expect(staged(linked)).toEqual(['b.ts:1', 'deep/c.ts:1'])
  expect(staged(join(linked, 'deep'))).toEqual(['b.ts:1', 'deep/c.ts:1'])
  expect(staged(directory)).toEqual([])
  const home = makeDirectory({ '.bashrc': `export K=${token}\n` })
  const bare = join(makeDirectory(), 'dots.git')
  git(home, 'init', '-q', '--bare', bare)
  git(home, '--git-dir', bare, '--work-tree', home, 'add', '.bashrc')
  expect(staged(home, { GIT_DIR: bare, GIT_WORK_TREE: home })).toEqual(['.bashrc:1'])
})

test('alternates, SHA-256 and objects that were packed since are read', () => {
  const directory = committed({ 'a/b.ts': 'one\n', 'c/d.ts': 'two\n' })
  const borrowed = join(makeDirectory(), 'borrowed')
  git(directory, 'clone', '-q', '--shared', directory, borrowed)
  writeFiles(borrowed, { 'a/b.ts': `one\n${token}\n` })
  git(borrowed, 'add', '.')
  expect(staged(borrowed)).toEqual(['a/b.ts:2'])
  const modern = makeDirectory({ 'a.ts': 'one\n' })
  git(modern, 'init', '-q', '--object-format=sha256')
  git(modern, 'add', '.')
  git(modern, '-c', 'user.name=A', '-c', 'user.email=a@b.invalid', 'commit', '-qm', 'x')
  writeFiles(modern, { 'a.ts': `one\n${token}\n` })
  git(modern, 'add', '.')
  git(modern, 'repack', '-adq')
  expect(staged(modern)).toEqual(['a.ts:2'])
})

test('a damaged object is told, not passed over', () => {
  const directory = committed()
  writeFiles(directory, { 'b.ts': token })
  git(directory, 'add', '.')
  const id = git(directory, 'rev-parse', ':b.ts').trim()
  const path = join(directory, '.git/objects', id.slice(0, 2), id.slice(2))
  renameSync(path, `${path}.away`)
  const run = () => runCli(['scan', '--staged', '--format', 'json', '--strict'], { cwd: directory })
  expect(run().code).toBe(2)
  expect(JSON.parse(run().stdout).coverage.skipped).toEqual([
    { reason: 'missing-object', count: 1, bytes: 0, examples: ['b.ts'] },
  ])
  expect(readFileSync(`${path}.away`).length).toBeGreaterThan(0)
})

test('allow comments, ignore files and the baseline count in a hook too', () => {
  const directory = committed({ '.stanchignore': 'path:known/**\n' })
  writeFiles(directory, { 'a.ts': `${token} // stanch:allow -- test`, 'known/b.ts': other })
  git(directory, 'add', '.')
  expect(staged(directory)).toEqual([])
})

test('outside a repository it is trouble', () => {
  const { code, stderr } = runCli(['scan', '--staged'], { cwd: makeDirectory() })
  expect({ code, said: stderr.split('"')[0] }).toEqual({
    code: 2,
    said: 'stanch: there is no git repository around ',
  })
})
