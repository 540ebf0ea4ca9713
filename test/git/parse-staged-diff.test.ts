import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createAddedLines } from '../../src/git/added-lines.ts'
import { listStagedWithGit } from '../../src/git/list-staged-with-git.ts'
import { parseStagedDiff } from '../../src/git/parse-staged-diff.ts'
import { findRepository, type Repository } from '../../src/git/repository.ts'
import { showStaged } from '../../src/git/show-staged.ts'
import { git, makeRepository, writeFiles } from '../support/temporary-directory.ts'

/** What hooks/pre-commit.sh has git show. */
const script = /^\{\n(.*?) && printf/ms.exec(readFileSync('hooks/pre-commit.sh', 'utf8'))?.[1] ?? ''

function list(directory: string, env: NodeJS.ProcessEnv = {}) {
  const { stdout } = spawnSync('sh', ['-c', script], { cwd: directory, env: { ...process.env, ...env } })
  return parseStagedDiff(stdout)
}

function repositoryAt(directory: string): Repository {
  const repository = findRepository(directory)
  if (!repository) throw new Error('no repository')
  return repository
}

test('the script asks git for the same as the program', () => {
  const words = script
    .replaceAll(/\\\n|2>.*/g, ' ')
    .trim()
    .split(/\s+/)
  expect(words).toEqual(['GIT_DIFF_OPTS=', 'git', ...showStaged])
})

test('a new, a changed, a renamed, a deleted and an unchanged file', () => {
  const lines = Array.from({ length: 20 }, (_, i) => `line ${i}\n`).join('')
  const directory = makeRepository({
    changed: 'a\nb\nc\n',
    'old name': lines,
    gone: 'x\n',
    mode: 'm\n',
    same: 's\n',
  })
  git(directory, 'add', '.')
  git(directory, 'commit', '-qm', 'x')
  git(directory, 'mv', 'old name', 'new\nname')
  git(directory, 'rm', '-q', 'gone')
  writeFiles(directory, {
    changed: 'a\n++ b/x\n@@ -1 +1 @@\nc\nd',
    'new\nname': `${lines}more\n`,
    'fresh.ts': 'one\ntwo\n',
  })
  git(directory, 'add', '.')
  git(directory, 'update-index', '--chmod=+x', 'mode')
  const { entries, textOf } = list(directory)
  expect(entries.map(entry => [entry.path.toString(), textOf(entry)])).toEqual([
    [
      'changed',
      {
        bytes: Buffer.from('a\n++ b/x\n@@ -1 +1 @@\nc\nd'),
        added: [
          { from: 2, to: 3 },
          { from: 5, to: 5 },
        ],
        addedBytes: [
          { from: 2, to: 21 },
          { from: 23, to: 24 },
        ],
      },
    ],
    [
      'fresh.ts',
      {
        bytes: Buffer.from('one\ntwo\n'),
        added: [{ from: 1, to: 2 }],
        addedBytes: [{ from: 0, to: 8 }],
      },
    ],
    ['mode', { bytes: Buffer.alloc(0), added: [], addedBytes: [] }],
    [
      'new\nname',
      {
        bytes: Buffer.from(`${lines}more\n`),
        added: [{ from: 21, to: 21 }],
        addedBytes: [{ from: lines.length, to: lines.length + 5 }],
      },
    ],
  ])
})

test('texts are whole whatever the settings; of what is not shown nothing is said', () => {
  const text = 'a\n\nb\r\n\n\nc\n'
  const directory = makeRepository({ '.gitattributes': '*.crlf -text\n', 'a.crlf': text, 'b.crlf': text })
  git(directory, 'config', 'diff.suppressBlankEmpty', 'true')
  git(directory, 'config', 'diff.context', '1')
  git(directory, 'add', '.')
  git(directory, 'commit', '-qm', 'x')
  writeFiles(directory, { 'a.crlf': `${text}d`, 'b.crlf': text.replaceAll('\r', '') })
  git(directory, 'add', '.')
  const { entries, textOf } = list(directory, { GIT_DIFF_OPTS: '--unified=1' })
  const bytes = Buffer.from(`${text}d`)
  expect(entries.map(textOf)).toEqual([
    { bytes, added: [{ from: 7, to: 7 }], addedBytes: [{ from: bytes.length - 1, to: bytes.length }] },
    undefined,
  ])
})

test('a diff that shows less than everything gives no text', () => {
  const head = 'diff --git a/x b/x\nindex 1..2 100644\n--- a/x\n+++ b/x\n'
  const hunks = [
    '@@ -3,2 +3,2 @@\n a\n-b\n+c\n',
    '@@ -1 +1 @@\n-a\n+b\n@@ -9 +9 @@\n-a\n+b\n',
    '@@ -1,2 +1,2 @@\n-a\n+b\n',
  ]
  for (const hunk of hunks) {
    const output = Buffer.from(`:100644 100644 1 2 M\0x\0${head}${hunk}`)
    const { entries, textOf } = parseStagedDiff(output)
    expect(entries.map(textOf)).toEqual([undefined])
  }
})

test('whatever the texts, it is what git says of each file alone', async () => {
  const directory = makeRepository({ a: '1\n', b: '2\n' })
  git(directory, 'add', '.')
  git(directory, 'commit', '-qm', 'x')
  const repository = repositoryAt(directory)
  const line = fc.constantFrom(
    'a',
    '+c',
    '-d',
    '@@ -1 +1 @@',
    '',
    '\\ x',
    '--- e',
    'diff --git a/a b/a',
    'h\r',
    'index 1..2',
  )
  const text = fc.array(line, { minLength: 1, maxLength: 10 }).map(lines => lines.join('\n'))
  await fc.assert(
    fc.asyncProperty(text, text, text, async (a, b, c) => {
      writeFiles(directory, { a, b, c })
      git(directory, 'add', '.')
      const { entries, textOf } = list(directory)
      const expected = await listStagedWithGit(repository)
      expect(entries).toEqual(expected.entries)
      const alone = await createAddedLines({ repository, parents: expected.parents })
      const ids = entries.map(({ id }) => id)
      for (const entry of entries) {
        // Two files of one content share what is added to either.
        if (ids.filter(id => id === entry.id).length > 1) continue
        const one = (await alone(entry)).map(({ from, to }) => [from, Math.min(to, 99)])
        const staged = textOf(entry)
        if (one[0]?.[1] !== 99) expect(staged?.added.map(({ from, to }) => [from, to])).toEqual(one)
        if (!staged || staged.added.length === 0) continue
        const blob = spawnSync('git', ['cat-file', 'blob', entry.id], { cwd: directory }).stdout
        expect(staged.bytes.equals(blob)).toBe(true)
        const lines = blob.toString('latin1').split(/(?<=\n)/)
        const shown = staged.addedBytes.map(({ from, to }) => blob.toString('latin1', from, to))
        expect(shown).toEqual(staged.added.map(({ from, to }) => lines.slice(from - 1, to).join('')))
      }
    }),
    { numRuns: 15 },
  )
})

test('whatever the bytes, it ends', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), bytes => void parseStagedDiff(Buffer.from(bytes))))
  const parts = fc.constantFrom(
    ':100644 100644 1 2 M\0a\0',
    'diff --git a b\n',
    'index 1..2\n',
    '@@ -1,9 +1,9 @@\n',
    '+x\n',
    '\0',
  )
  fc.assert(fc.property(fc.array(parts), list => void parseStagedDiff(Buffer.from(list.join('')))))
})
