import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parsePatch } from '../../src/sources/parse-patch.ts'
import { git, makeDirectory, makeRepository, writeFiles } from '../support/temporary-directory.ts'

/** `path:line:text` of every added line. */
function addedLines(patch: Buffer | string): string[] {
  return parsePatch(Buffer.from(patch)).hunks.flatMap(({ path, text, firstLine, added }) => {
    const lines = text.toString().split('\n')
    return [...added].map(line => `${path ?? ''}:${line}:${lines[line - firstLine]?.replace(/\r$/, '')}`)
  })
}

test("git's diff: context, several hunks, no newline at the end", () => {
  const patch = `diff --git a/x.ts b/x.ts
index 1..2 100644
--- a/x.ts
+++ b/x.ts
@@ -1,3 +1,4 @@ function
 one
-two
+two changed
+three
 four
@@ -10 +11,2 @@
-ten
\\ No newline at end of file
+ten
+eleven
\\ No newline at end of file
`
  expect(addedLines(patch)).toEqual(['x.ts:2:two changed', 'x.ts:3:three', 'x.ts:11:ten', 'x.ts:12:eleven'])
})

test('no line of a file is taken for a header', () => {
  const directory = makeRepository({ a: 'first\n' })
  git(directory, 'add', '.')
  git(directory, 'commit', '-qm', 'x')
  const lines = ['++ b/evil', '+++ b/evil', '-- a/evil', '@@ -1 +1 @@', 'diff --git a/e b/e', '\\ No newline']
  writeFiles(directory, { a: `${lines.join('\n')}\nlast\n` })
  expect(addedLines(git(directory, 'diff'))).toEqual(
    [...lines, 'last'].map((line, i) => `a:${i + 1}:${line}`),
  )
})

test('names: renames, quotes, blanks, other prefixes or none, new and deleted files', () => {
  const directory = makeRepository({ 'old name.ts': 'one\ntwo\nthree\nfour\n', gone: 'x\n' })
  git(directory, 'add', '.')
  git(directory, 'commit', '-qm', 'x')
  git(directory, 'mv', 'old name.ts', 'new name.ts')
  git(directory, 'rm', '-q', 'gone')
  writeFiles(directory, {
    'new name.ts': 'one\ntwo\nthree\nfour\nfive\n',
    'ключ\t"q".ts': 'k\n',
    'b/b.ts': 'b\n',
  })
  git(directory, 'add', '.')
  const expected = ['b/b.ts:1:b', 'new name.ts:5:five', 'ключ\t"q".ts:1:k']
  const forms = [
    [],
    ['--no-renames'],
    ['-U0'],
    ['-c', 'core.quotePath=false'],
    ['-c', 'diff.mnemonicPrefix=true'],
  ]
  for (const options of forms) {
    const [before, after] = options[0] === '-c' ? [options, []] : [[], options]
    const all = addedLines(git(directory, ...before, 'diff', '--cached', ...after))
    const kept = options[0] === '--no-renames' ? all.filter(line => !/new name.ts:[1-4]:/.test(line)) : all
    expect(kept.sort()).toEqual(expected)
  }
  // Without prefixes `b/b.ts` cannot be told from a prefixed one.
  expect(addedLines(git(directory, 'diff', '--cached', '--no-prefix'))).toContain('new name.ts:5:five')
})

test('a merge as git shows it: a line is added where some parent lacks it', () => {
  const patch = `diff --cc a.ts
index 1,2..3
--- a/a.ts
+++ b/a.ts
@@@ -1,2 -1,2 +1,4 @@@
++evil
 +theirs
+ ours
  both
- old
 -other
`
  expect(addedLines(patch)).toEqual(['a.ts:1:evil', 'a.ts:2:theirs', 'a.ts:3:ours'])
})

test('plain diff -u, with times behind the names; Subversion; a mail', () => {
  const plain = '--- x.ts\t2026-01-01 00:00:00\n+++ x.ts\t2026-01-02 00:00:00\n@@ -0,0 +1 @@\n+new\n'
  const svn = `Index: x.ts\n${'='.repeat(67)}\n--- x.ts\t(revision 1)\n+++ x.ts\t(working copy)\n@@ -0,0 +1 @@\n+new\n`
  const mail = `From ${'a'.repeat(40)} Mon Sep 17 00:00:00 2001\nSubject: x\n\n+ not this\n---\n x.ts | 1 +\n\ndiff --git a/x.ts b/x.ts\n--- a/x.ts\n+++ b/x.ts\n@@ -1,2 +1,2 @@\n\n+new\n-- \n2.39.5\n`
  expect([plain, svn].map(addedLines)).toEqual([['x.ts:1:new'], ['x.ts:1:new']])
  // The blank of an empty context line may have been stripped on the way.
  expect(addedLines(mail)).toEqual(['x.ts:2:new'])
})

test('binary files are told', () => {
  const patch =
    'diff --git a/x.bin b/x.bin\nnew file mode 100644\nindex 0..1\nBinary files /dev/null and b/x.bin differ\n'
  expect(parsePatch(Buffer.from(patch)).binary.map(String)).toEqual(['x.bin'])
})

test('what is added is what git added, whatever the texts', () => {
  const directory = makeDirectory()
  const line = fc.constantFrom('a', 'b', '+c', '-d', '@@ -1 +1 @@', '', '\\ x', '--- e', '+++ f', ' g', 'h\r')
  const text = fc.array(line, { maxLength: 12 }).map(lines => lines.join('\n'))
  fc.assert(
    fc.property(text, text, fc.constantFrom('-U0', '-U1', '-U3'), (before, after, context) => {
      writeFiles(directory, { one: before, two: after })
      const diff = (...options: string[]) =>
        spawnSync('git', ['diff', '--no-index', '--text', ...options, 'one', 'two'], { cwd: directory })
          .stdout
      const count = Number(diff('--numstat').toString().split('\t')[0])
      const lines = readFileSync(join(directory, 'two'), 'utf8').split('\n')
      const { hunks } = parsePatch(diff(context))
      for (const { text, firstLine } of hunks) {
        const shown = text.toString().split('\n')
        if (shown.at(-1) === '') shown.pop()
        expect(lines.slice(firstLine - 1, firstLine - 1 + shown.length)).toEqual(shown)
      }
      expect(hunks.reduce((sum, { added }) => sum + added.size, 0)).toBe(count)
    }),
    { numRuns: 60 },
  )
})

test('whatever the bytes, it ends', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), bytes => void parsePatch(Buffer.from(bytes))))
  const shapes = fc.array(
    fc.constantFrom(
      '@@ -1,9 +1,9 @@\n',
      '+x\n',
      '-y\n',
      ' z\n',
      '--- a\n',
      '+++ b\n',
      '@@@ -1 -1 +1 @@@\n',
      '\\\n',
      '\n',
    ),
  )
  fc.assert(fc.property(shapes, parts => void parsePatch(Buffer.from(parts.join('')))))
})
