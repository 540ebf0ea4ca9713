import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createAddedLines } from '../../src/git/added-lines.ts'
import { listStagedWithGit } from '../../src/git/list-staged-with-git.ts'
import { parseStagedDiff } from '../../src/git/parse-staged-diff.ts'
import { findRepository, type Repository } from '../../src/git/repository.ts'
import { git, makeRepository, writeFiles } from '../support/temporary-directory.ts'

/** The options of hooks/pre-commit.sh. */
const options = [
  ...['diff-index', '--cached', '--patch-with-raw', '-z', '--no-abbrev', '--full-index', '--find-renames'],
  ...['--unified=0', '--inter-hunk-context=0', '--text', '--ignore-cr-at-eol', '--ignore-submodules=all'],
  ...['--no-color', '--no-ext-diff', '--no-textconv', '--no-relative', '-O/dev/null', 'HEAD', '--'],
]

function list(directory: string) {
  return parseStagedDiff(spawnSync('git', options, { cwd: directory }).stdout)
}

function repositoryAt(directory: string): Repository {
  const repository = findRepository(directory)
  if (!repository) throw new Error('no repository')
  return repository
}

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
  const { entries, addedTo } = list(directory)
  expect(entries.map(entry => [entry.path.toString(), addedTo(entry)])).toEqual([
    [
      'changed',
      [
        { from: 2, to: 3 },
        { from: 5, to: 5 },
      ],
    ],
    ['fresh.ts', [{ from: 1, to: 2 }]],
    ['mode', []],
    ['new\nname', [{ from: 21, to: 21 }]],
  ])
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
      const { entries, addedTo } = list(directory)
      const expected = await listStagedWithGit(repository)
      expect(entries).toEqual(expected.entries)
      const alone = await createAddedLines({ repository, parents: expected.parents })
      const ids = entries.map(({ id }) => id)
      for (const entry of entries) {
        // Two files of one content share what is added to either.
        if (ids.filter(id => id === entry.id).length > 1) continue
        const one = (await alone(entry)).map(({ from, to }) => [from, Math.min(to, 99)])
        const whole = addedTo(entry).map(({ from, to }) => [from, Math.min(to, 99)])
        if (one[0]?.[1] !== 99) expect(whole).toEqual(one)
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
