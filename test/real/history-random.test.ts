import { expect, test } from 'vitest'
import { readEveryObject } from '../support/every-object.ts'
import { startRandomHistory, TOKENS } from '../support/random-history.ts'
import { runCli } from '../support/run-cli.ts'
import { git } from '../support/temporary-directory.ts'
import { makeToken } from '../support/tokens.ts'

const STEPS = 30

function makeRandomHistory(seed: number, hash?: string): string {
  const { directory, grow } = startRandomHistory(seed, { ...(hash && { hash }) })
  grow(STEPS)
  return directory
}

test.each([
  [1, 'sha1'],
  [2, 'sha1'],
  [3, 'sha1'],
  [4, 'sha256'],
  [5, 'sha256'],
])('finds in random history %i (%s) what a look at every object finds', (seed, hash) => {
  const directory = makeRandomHistory(seed, hash)
  const objects = [...readEveryObject(directory).values()]
  const texts = objects.filter(({ type }) => type !== 'tree').map(({ bytes }) => bytes.toString('latin1'))
  const expected = Array.from({ length: TOKENS }, (_, number) => makeToken(number)).filter(token =>
    texts.some(text => text.includes(token)),
  )
  const { stdout } = runCli(['scan', '--history', '--format', 'json', '--show-secrets'], { cwd: directory })
  const { findings, coverage } = JSON.parse(stdout)
  expect(findings.map(({ secret }: { secret: string }) => secret).sort()).toEqual(expected.sort())
  expect(coverage).toMatchObject({ complete: true, items: objects.length })
})

/** `commit path token` wherever a commit has a token in a file that none of its parents has there. */
function listIntroductions(directory: string): string[] {
  const objects = readEveryObject(directory)
  const files = (commit: string) => new Map(listFiles(directory, commit))
  const tokensIn = (id: string | undefined) =>
    (id === undefined ? '' : (objects.get(id)?.bytes.toString('latin1') ?? '')).match(/sk_l\w+/g) ?? []
  const lines = git(directory, 'rev-list', '--all', '--reflog', '--parents').trim().split('\n')
  return lines.flatMap(line => {
    const [commit = '', ...parents] = line.split(' ')
    const befores = parents.map(files)
    return [...files(commit)].flatMap(([path, id]) => {
      const known = new Set(befores.flatMap(before => tokensIn(before.get(path))))
      return [...new Set(tokensIn(id))]
        .filter(token => !known.has(token))
        .map(token => `${commit} ${path} ${token}`)
    })
  })
}

function listFiles(directory: string, commit: string): [path: string, id: string][] {
  const lines = git(directory, 'ls-tree', '-r', commit).split('\n').filter(Boolean)
  return lines.map(line => [line.split('\t')[1] ?? '', line.split(/[ \t]/)[2] ?? ''])
}

test.each([7, 8])('places what it finds in random history %i where git says that it came in', seed => {
  const directory = makeRandomHistory(seed)
  const { stdout } = runCli(['scan', '--history', '--format', 'json', '--show-secrets'], { cwd: directory })
  const findings: { secret: string; places: Record<string, string>[] }[] = JSON.parse(stdout).findings
  const placed = findings.flatMap(({ secret, places }) =>
    places.filter(({ kind }) => kind === 'commit').map(({ commit, path }) => `${commit} ${path} ${secret}`),
  )
  expect([...new Set(placed)].sort()).toEqual(listIntroductions(directory).sort())
})

/** `commit path token: commit,…`: the first commits after an introduction, on each way to HEAD, that do not have the token. */
function listRemovals(directory: string): string[] {
  const objects = readEveryObject(directory)
  const files = new Map<string, Map<string, string>>()
  const has = (commit: string, path: string, token: string) => {
    const own = files.get(commit) ?? new Map(listFiles(directory, commit))
    files.set(commit, own)
    return (
      objects
        .get(own.get(path) ?? '')
        ?.bytes.toString('latin1')
        .includes(token) === true
    )
  }
  const lines = git(directory, 'rev-list', '--parents', '--topo-order', '--reverse', 'HEAD')
    .trim()
    .split('\n')
  const history = lines.map(line => line.split(' '))
  const reached = new Set(history.map(([commit]) => commit))
  return listIntroductions(directory).flatMap(introduction => {
    const [from = '', path = '', token = ''] = introduction.split(' ')
    if (!reached.has(from) || has('HEAD', path, token)) return []
    const kept = new Set([from])
    const lost = new Set<string>()
    const removals: string[] = []
    for (const [commit = '', ...parents] of history) {
      const isAfter = parents.some(parent => kept.has(parent))
      if (commit !== from && isAfter && has(commit, path, token)) kept.add(commit)
      else if (commit !== from && parents.some(parent => kept.has(parent) || lost.has(parent))) {
        if (isAfter && !parents.some(parent => lost.has(parent))) removals.push(commit)
        lost.add(commit)
      }
    }
    return [`${introduction}: ${removals.sort().join()}`]
  })
}

test.each([21, 22, 23])('tells in random history %i which commits of HEAD removed what', seed => {
  const directory = makeRandomHistory(seed)
  const { stdout } = runCli(['scan', '--history', '--format', 'json', '--show-secrets'], { cwd: directory })
  const findings: { secret: string; places: RemovedPlace[] }[] = JSON.parse(stdout).findings
  const removed = findings.flatMap(({ secret, places }) =>
    places
      .filter(({ removedBy }) => removedBy)
      .map(
        ({ commit, path, removedBy = [] }) =>
          `${commit} ${path} ${secret}: ${removedBy
            .map(({ commit }) => commit)
            .sort()
            .join()}`,
      ),
  )
  const expected = listRemovals(directory)
  expect(expected.length).toBeGreaterThan(5)
  expect([...new Set(removed)].sort()).toEqual(expected.sort())
})

interface RemovedPlace {
  commit: string
  path: string
  removedBy?: { commit: string }[]
}
