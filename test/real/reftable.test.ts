import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { listReflogIds, listRefs } from '../../src/git/refs.ts'
import { findRepository } from '../../src/git/repository.ts'
import { createRandom } from '../support/random-repository.ts'
import { runCli } from '../support/run-cli.ts'
import { makeDirectory, writeFiles } from '../support/temporary-directory.ts'
import { makeToken } from '../support/tokens.ts'

const program = process.env.NEWER_GIT ?? 'git'

/** A git that knows reftables; dates stand still, so that two repositories made alike have the same commits. */
function git(directory: string, args: readonly string[], input = ''): string {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: directory,
    input,
    encoding: 'utf8',
    env: {
      ...process.env,
      GIT_AUTHOR_DATE: '1700000000 +0000',
      GIT_COMMITTER_DATE: '1700000000 +0000',
      GIT_TEST_REFTABLE_AUTOCOMPACTION: 'false',
    },
  })
  if (status !== 0)
    throw new Error(
      `${program} ${args.join(' ')}: ${stderr} (this needs git 2.45 or later: sh test/support/install-newer-git.sh DIR, then NEWER_GIT=DIR/bin/git)`,
    )
  return stdout
}

function makeRepository(...options: string[]): string {
  const directory = makeDirectory()
  git(directory, ['init', '-q', '-b', 'main', ...options])
  git(directory, ['config', 'user.name', 'Ada Test'])
  git(directory, ['config', 'user.email', 'ada@test.invalid'])
  git(directory, ['config', 'gc.auto', '0'])
  return directory
}

/** Refs as git lists them, without the symbolic ones below `refs/`. */
function refsByGit(directory: string, prefix = ''): string[] {
  const listed = git(directory, ['for-each-ref', '--format=%(objectname) %(refname) %(symref)']).split('\n')
  const head = `${git(directory, ['rev-parse', 'HEAD']).trim()} ${prefix}HEAD`
  return [head, ...listed.filter(line => line.endsWith(' ')).map(line => line.trim())]
}

test.each([
  ['sha1', 1],
  ['sha1', 2],
  ['sha256', 3],
])('refs and reflogs in reftables are those that git lists: %s, random history %i', (hash, seed) => {
  const directory = makeRepository('--ref-format=reftable', `--object-format=${hash}`)
  const random = createRandom(seed)
  const known = new Set<string>()
  for (let step = 0; step < 40; step++) {
    git(directory, ['commit', '-q', '--allow-empty', '-m', `change ${step}`])
    const kind = random(8)
    const names = Array.from(
      { length: random(60) },
      () => `refs/${['heads', 'tags', 'pull/deep'][random(3)]}/r${random(400)}`,
    )
    const updates = [...new Set(names)].map(name =>
      known.has(name) && random(4) === 0 ? `delete ${name}\n` : `update ${name} HEAD\n`,
    )
    git(directory, ['update-ref', '--stdin'], updates.join(''))
    for (const update of updates) {
      const [command, name = ''] = update.trim().split(' ')
      if (command === 'delete') known.delete(name)
      else known.add(name)
    }
    if (kind === 0) git(directory, ['pack-refs', '--all'])
    if (kind === 1) git(directory, ['reflog', 'delete', 'main@{0}'])
    if (kind === 2) git(directory, ['symbolic-ref', `refs/remotes/origin/s${step}`, 'refs/heads/main'])
    if (kind === 3) git(directory, ['tag', '-f', '-m', 'note', `t${random(5)}`])
    if (kind === 4 && step > 3) git(directory, ['checkout', '-q', '--detach', 'HEAD~1'])
  }
  const linked = join(makeDirectory(), 'linked')
  git(directory, ['worktree', 'add', '-q', '--detach', linked, 'HEAD~1'])
  const expected = [
    ...refsByGit(directory),
    `${git(linked, ['rev-parse', 'HEAD']).trim()} worktrees/linked/HEAD`,
  ]
  for (const place of [directory, linked]) {
    const repository = findRepository(place)
    if (!repository) throw new Error('no repository')
    expect(
      listRefs(repository)
        .map(({ id, name }) => `${id} ${name}`)
        .sort(),
    ).toEqual(expected.sort())
    const logged = git(directory, ['log', '--walk-reflogs', '--all', '--format=%H']).trim().split('\n')
    const ids = new Set(listReflogIds(repository))
    expect(logged.filter(id => !ids.has(id))).toEqual([])
  }
})

/** What is found where, but for files of the git directory, whose names differ. */
function scan(directory: string): unknown {
  const { stdout, stderr } = runCli(['scan', '--history', '--format', 'json', '--show-secrets'], {
    cwd: directory,
  })
  expect(stderr).toBe('')
  const { findings, coverage }: Report = JSON.parse(stdout)
  expect(coverage.complete).toBe(true)
  return findings.map(({ secret, places }) => ({
    secret,
    places: places.filter(({ kind }) => kind !== 'file'),
  }))
}

interface Report {
  findings: { secret: string; places: { kind: string; path?: string }[] }[]
  coverage: { complete: boolean }
}

test('a history is the same whether its refs are in files or in reftables', () => {
  const results = ['files', 'reftable'].map(format => {
    const directory = makeRepository(`--ref-format=${format}`)
    const commit = (number: number, message = 'change') => {
      writeFiles(directory, { [`${number}.txt`]: `key = ${makeToken(number)}\n` })
      git(directory, ['add', '-A'])
      git(directory, ['commit', '-qm', message])
    }
    commit(1)
    git(directory, ['checkout', '-qb', 'side'])
    commit(2, `message ${makeToken(3)}`)
    git(directory, ['checkout', '-q', 'main'])
    commit(4)
    git(directory, ['reset', '-q', '--hard', 'HEAD~1'])
    writeFiles(directory, { '1.txt': `key = ${makeToken(5)}\n` })
    git(directory, ['stash', '-q'])
    git(directory, ['tag', '-m', `key = ${makeToken(6)}`, 'v1'])
    return scan(directory)
  })
  expect(results[1]).toEqual(results[0])
  expect((results[1] as unknown[]).length).toBe(6)
})

test('what a reflog in a reftable says is searched, and names of branches that are gone', () => {
  const directory = makeRepository('--ref-format=reftable')
  git(directory, ['commit', '-q', '--allow-empty', '-m', 'change'])
  git(directory, ['update-ref', '-m', `moved with ${makeToken(1)}`, 'refs/heads/topic', 'HEAD'])
  git(directory, ['branch', makeToken(2)])
  git(directory, ['branch', '-qD', makeToken(2)])
  git(directory, ['branch', makeToken(3)])
  const { stdout } = runCli(['scan', '--history', '--format', 'json', '--show-secrets'], { cwd: directory })
  const { findings }: Report = JSON.parse(stdout)
  const table = expect.stringMatching(/^\.git\/reftable\/.*\.ref$/)
  const found = new Map(findings.map(({ secret, places }) => [secret, places.map(({ path }) => path)]))
  expect(found.get(makeToken(1))).toEqual([table])
  expect(found.get(makeToken(2))).toEqual(expect.arrayContaining([table]))
  expect(found.get(makeToken(3))).toContainEqual(expect.stringMatching(/^\.git\/refs\/heads\/sk_l…/))
})
