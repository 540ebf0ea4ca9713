import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { packTar } from 'modern-tar'
import { expect, test } from 'vitest'
import { makeZip } from '../support/make-archives.ts'
import { runCli } from '../support/run-cli.ts'
import { git, makeDirectory, makeRepository, writeFiles } from '../support/temporary-directory.ts'
import { makeToken } from '../support/tokens.ts'

const token = makeToken(1)
const text = `first line\nkey = ${token}\n`

interface JsonPlace {
  kind: string
  path?: string
  line?: number
  objectType?: string
  reachable?: boolean
}

/** Where the token is, in short. */
function places(directory: string, ...args: string[]): string[] {
  const { stdout, stderr } = runCli(
    ['scan', '--history', '.', '--format', 'json', '--show-secrets', ...args],
    { cwd: directory },
  )
  expect(stderr).toBe('')
  const { findings }: { findings: { secret: string; places: JsonPlace[] }[] } = JSON.parse(stdout)
  return findings
    .filter(({ secret }) => secret === token)
    .flatMap(({ places }) => places)
    .map(({ kind, path = '', line = '', objectType = '', reachable }) =>
      [kind, path, line, kind === 'message' ? objectType : '', reachable === true ? 'reachable' : '']
        .filter(Boolean)
        .join(' '),
    )
    .sort()
}

function commit(directory: string, files: Record<string, string | Buffer>, message = 'change'): string {
  writeFiles(directory, files)
  git(directory, 'add', '-A')
  git(directory, 'commit', '-qm', message)
  return git(directory, 'rev-parse', 'HEAD').trim()
}

function hashObject(directory: string, content: string): string {
  const { stdout } = spawnSync('git', ['hash-object', '-w', '--stdin'], {
    cwd: directory,
    input: content,
    encoding: 'utf8',
  })
  return stdout.trim()
}

function writeObject(directory: string, type: string, content: string): string {
  const { stdout, stderr } = spawnSync('git', ['hash-object', '-t', type, '-w', '--stdin', '--literally'], {
    cwd: directory,
    input: content,
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  return stdout.trim()
}

const commitBody = (directory: string) =>
  git(directory, 'cat-file', 'commit', 'HEAD').replace(/\n\n[\s\S]*$/, '')

test.each<[string, (directory: string) => unknown, string[]]>([
  [
    'a merge of three branches',
    directory => {
      for (const name of ['one', 'two', 'three']) {
        git(directory, 'checkout', '-qb', name, 'main')
        commit(directory, { [name]: `${name}\n` })
      }
      git(directory, 'checkout', '-q', 'main')
      git(directory, 'merge', '-q', '--no-commit', 'one', 'two', 'three')
      commit(directory, { 'merged.txt': text })
    },
    ['commit merged.txt 2'],
  ],
  [
    'a merge that no parent agrees with, undone by the next commit',
    directory => {
      git(directory, 'checkout', '-qb', 'side')
      commit(directory, { 'side.txt': 'side\n' })
      git(directory, 'checkout', '-q', 'main')
      commit(directory, { 'base.txt': 'main\n' })
      git(directory, 'merge', '-q', '--no-commit', '--no-ff', 'side')
      commit(directory, { 'side.txt': text })
      commit(directory, { 'side.txt': 'side\n' })
    },
    ['commit side.txt 2'],
  ],
  [
    'the index of a stash',
    directory => {
      writeFiles(directory, { 'base.txt': text })
      git(directory, 'add', '.')
      writeFiles(directory, { 'base.txt': 'clean\n' })
      git(directory, 'stash', '-q')
    },
    ['commit base.txt 2'],
  ],
  [
    'what only a reflog leads to',
    directory => {
      commit(directory, { 'a.txt': text })
      git(directory, 'reset', '-q', '--hard', 'HEAD~1')
    },
    ['commit a.txt 2'],
  ],
  [
    'a tag of a file',
    directory => {
      git(directory, 'tag', '-m', 'a file', 'file', hashObject(directory, text))
    },
    ['object 2 reachable'],
  ],
  [
    'a ref to a tree',
    directory => {
      writeFiles(directory, { 'deep/a.txt': text })
      git(directory, 'add', '.')
      const tree = git(directory, 'write-tree').trim()
      git(directory, 'reset', '-q', '--hard')
      git(directory, 'tag', 'tree', tree)
    },
    ['object deep/a.txt 2 reachable'],
  ],
  [
    'a tag of a tag',
    directory => {
      git(directory, 'tag', '-m', `inner ${token}`, 'inner')
      git(directory, 'tag', '-m', 'outer', 'outer', 'inner')
      git(directory, 'tag', '-d', 'inner')
    },
    ['message 6 tag'],
  ],
  [
    'another repository that lends its objects',
    directory => {
      const lender = makeRepository()
      commit(lender, { 'lent.txt': text })
      appendFileSync(
        join(directory, '.git', 'objects', 'info', 'alternates'),
        `${join(lender, '.git', 'objects')}\n`,
      )
    },
    ['object lent.txt 2'],
  ],
  [
    'a cruft pack',
    directory => {
      hashObject(directory, text)
      git(directory, 'gc', '-q', '--cruft', '--prune=never')
      expect(readdirSync(join(directory, '.git', 'objects', 'pack')).join()).toContain('.mtimes')
    },
    ['object 2'],
  ],
  [
    'the index of a linked work tree',
    directory => {
      const linked = join(makeDirectory(), 'linked')
      git(directory, 'worktree', 'add', '-q', '--detach', linked)
      writeFiles(linked, { 'staged.txt': text })
      git(linked, 'add', '.')
    },
    ['object staged.txt 2'],
  ],
  [
    'the repository of a submodule',
    directory => {
      const library = makeRepository()
      commit(library, { 'lib.txt': text })
      commit(library, { 'lib.txt': 'clean\n' })
      git(directory, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', library, 'libs/one')
    },
    ['commit libs/one/lib.txt 2'],
  ],
  [
    'a branch that only the packed refs know',
    directory => {
      git(directory, 'checkout', '-qb', 'side')
      commit(directory, { 'side.txt': text })
      git(directory, 'checkout', '-q', 'main')
      git(directory, 'pack-refs', '--all')
      rmSync(join(directory, '.git', 'logs'), { recursive: true })
    },
    ['commit side.txt 2'],
  ],
  [
    'several packs under one index',
    directory => {
      commit(directory, { 'a.txt': text })
      git(directory, 'repack', '-dq')
      commit(directory, { 'b.txt': 'b\n' })
      git(directory, 'repack', '-dq')
      git(directory, 'multi-pack-index', 'write')
    },
    ['commit a.txt 2'],
  ],
  [
    'an object that another one stands in for',
    directory => {
      commit(directory, { 'a.txt': text })
      git(
        directory,
        'replace',
        git(directory, 'rev-parse', 'HEAD:a.txt').trim(),
        hashObject(directory, 'clean\n'),
      )
    },
    ['commit a.txt 2'],
  ],
  [
    'what stands in for another object',
    directory => {
      git(
        directory,
        'replace',
        git(directory, 'rev-parse', 'HEAD:base.txt').trim(),
        hashObject(directory, text),
      )
    },
    ['object 2 reachable'],
  ],
  [
    'a commit that a graft hides',
    directory => {
      commit(directory, { 'a.txt': text })
      const after = commit(directory, { 'a.txt': 'clean\n' })
      writeFileSync(join(directory, '.git', 'info', 'grafts'), `${after}\n`)
    },
    ['commit a.txt 2'],
  ],
  [
    'a file of LFS',
    directory => {
      mkdirSync(join(directory, '.git', 'lfs', 'objects', 'ab', 'cd'), { recursive: true })
      writeFileSync(join(directory, '.git', 'lfs', 'objects', 'ab', 'cd', 'abcd'), text)
    },
    ['file .git/lfs/objects/ab/cd/abcd 2'],
  ],
  [
    'the configuration',
    directory => {
      git(directory, 'config', 'remote.origin.url', `https://user:${token}@git.invalid/x.git`)
    },
    [expect.stringMatching(/^file \.git\/config \d+$/)],
  ],
  [
    'a hook',
    directory => {
      mkdirSync(join(directory, '.git', 'hooks'), { recursive: true })
      writeFileSync(join(directory, '.git', 'hooks', 'post-commit'), `#!/bin/sh\necho ${token}\n`)
    },
    ['file .git/hooks/post-commit 2'],
  ],
  [
    'a header of a commit that git does not know',
    directory => {
      const id = writeObject(directory, 'commit', `${commitBody(directory)}\nx-note ${token}\n\nodd\n`)
      git(directory, 'update-ref', 'refs/heads/odd', id)
      rmSync(join(directory, '.git', 'logs'), { recursive: true })
    },
    ['message 4 commit'],
  ],
  [
    'the tag that a merge keeps',
    directory => {
      const tag = `mergetag object ${'1'.repeat(40)}\n type commit\n tag v1\n tagger T <t@test.invalid> 1 +0000\n \n ${token}`
      const id = writeObject(directory, 'commit', `${commitBody(directory)}\n${tag}\n\nodd\n`)
      git(directory, 'update-ref', 'refs/heads/odd', id)
    },
    ['message 9 commit'],
  ],
  [
    'the name of a branch',
    directory => {
      git(directory, 'update-ref', `refs/heads/${token}`, 'HEAD')
      rmSync(join(directory, '.git', 'logs'), { recursive: true })
    },
    [expect.stringMatching(/^file \.git\/refs\/heads\/sk_l…\(\d+\)….{4}$/)],
  ],
  [
    'the name of a packed branch',
    directory => {
      git(directory, 'update-ref', `refs/heads/${token}`, 'HEAD')
      git(directory, 'pack-refs', '--all')
      rmSync(join(directory, '.git', 'logs'), { recursive: true })
    },
    [
      expect.stringMatching(/^file \.git\/packed-refs \d$/),
      expect.stringMatching(/^file \.git\/refs\/heads\/sk_l…\(\d+\)….{4}$/),
    ],
  ],
  [
    'what a reflog says',
    directory => {
      git(directory, 'update-ref', '-m', `moved with ${token}`, 'HEAD', 'HEAD')
    },
    [expect.stringMatching(/^file \.git\/logs\/HEAD \d$/)],
  ],
  [
    'a message that is being written',
    directory => writeFileSync(join(directory, '.git', 'MERGE_MSG'), `merge\n\n${token}\n`),
    ['file .git/MERGE_MSG 3'],
  ],
  [
    'a zip file',
    directory => {
      commit(directory, { 'keys.zip': makeZip([{ name: 'in/a.txt', content: text }]) })
    },
    ['commit keys.zip!in/a.txt 2'],
  ],
  [
    'a jar within a zip file that was amended away',
    directory => {
      const jar = makeZip([{ name: 'app.properties', content: text }])
      commit(directory, { 'all.zip': makeZip([{ name: 'lib/app.jar', content: jar }]) })
      writeFiles(directory, { 'all.zip': 'clean\n' })
      git(directory, 'commit', '-qa', '--amend', '-m', 'clean')
    },
    ['commit all.zip!lib/app.jar!app.properties 2'],
  ],
  [
    'a document of a word processor',
    directory => {
      const body = `<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>key = ${token}</w:t></w:r></w:p></w:body></w:document>`
      commit(directory, { 'notes.docx': makeZip([{ name: 'word/document.xml', content: body }]) })
    },
    ['commit notes.docx!word/document.xml 1'],
  ],
  [
    'a packed tar that only the store has',
    async directory => {
      const tar = await packTar([{ header: { name: 'a.txt', size: text.length }, body: text }])
      writeFiles(directory, { 'lost.tgz': gzipSync(tar) })
      git(directory, 'hash-object', '-w', 'lost.tgz')
      rmSync(join(directory, 'lost.tgz'))
    },
    [expect.stringMatching(/^object .*a\.txt 2$/)],
  ],
  [
    'a text of two bytes a character',
    directory => commit(directory, { 'wide.txt': Buffer.from(text, 'utf16le') }),
    ['commit wide.txt 2'],
  ],
])('a secret is found in %s', async (_, hide, expected) => {
  const directory = makeRepository()
  git(directory, 'config', 'gc.auto', '0')
  commit(directory, { 'base.txt': 'base\n' })
  await hide(directory)
  expect(places(directory)).toEqual(expected)
})

test('what refs lead to without a commit is searched with --reachable-only', () => {
  const directory = makeRepository()
  commit(directory, { 'base.txt': 'base\n' })
  git(directory, 'tag', 'file', hashObject(directory, text))
  hashObject(directory, `${text}${makeToken(2)}\n`)
  expect(places(directory, '--reachable-only')).toEqual(['object 2 reachable'])
})
