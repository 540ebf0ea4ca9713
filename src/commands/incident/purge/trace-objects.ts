import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { runGit } from '../../../git/run-git.ts'
import type { FoundObject, PurgeFacts } from '../../../incident/purge/purge-guide.ts'
import { printable } from '../../../reporters/printable.ts'
import type { ObjectSearch } from './search-objects.ts'

type Trace = Pick<PurgeFacts, 'objects' | 'commits' | 'firstCommits' | 'refs' | 'names'>

/** From objects to the commits that brought them in, reachable or not, and to the refs that hold those. */
export async function traceObjects(root: string, { objects, commits: all }: ObjectSearch): Promise<Trace> {
  const blobs = objects.filter(({ type }) => type === 'blob' || type === 'tree')
  const everywhere = Buffer.from(`${all.join('\n')}\n`)
  const paths = new Map<string, string>()
  const commits = new Set(objects.flatMap(({ id, type }) => (type === 'commit' ? [id] : [])))
  for (const { id } of blobs) {
    for (const { commit, path } of await findIntroductions(root, id, everywhere)) {
      commits.add(commit)
      if (!paths.has(id)) paths.set(id, path)
    }
  }
  const bad = [...commits].sort()
  const tags = objects.flatMap(({ id, type }) => (type === 'tag' ? [id] : []))
  const placed = objects.map((object): FoundObject => {
    const path = paths.get(object.id)
    return path ? { ...object, path: printable(path) } : object
  })
  return {
    objects: placed,
    commits: bad,
    firstCommits: await keepFirst(root, bad),
    refs: await findRefs(root, bad, tags),
    names: placed.flatMap(({ type, path }) => (type === 'tree' ? [path ?? 'in a tree'] : [])),
  }
}

async function findIntroductions(
  root: string,
  id: string,
  commits: Buffer,
): Promise<{ commit: string; path: string }[]> {
  const args = [
    'log',
    '--stdin',
    '-m',
    '-t',
    '--raw',
    '--no-abbrev',
    '--format=commit %H',
    `--find-object=${id}`,
  ]
  const { stdout } = await runGit(root, args, {}, commits)
  let commit = ''
  return stdout
    .toString('utf8')
    .split('\n')
    .flatMap(line => {
      commit = /^commit ([0-9a-f]+)$/.exec(line)?.[1] ?? commit
      const [, path] = /^:.*?\t(.*)$/.exec(line) ?? []
      return path === undefined ? [] : [{ commit, path }]
    })
}

/** Whoever has one of these as an ancestor has old history. */
async function keepFirst(root: string, commits: readonly string[]): Promise<string[]> {
  if (commits.length === 0) return []
  const { code, stdout } = await runGit(root, [
    'rev-list',
    '--parents',
    '--topo-order',
    '--reverse',
    ...commits.slice(0, MOST),
  ])
  if (code !== 0) return [...commits]
  const bad = new Set(commits)
  const tainted = new Set<string>()
  const first: string[] = []
  for (const line of stdout.toString('utf8').split('\n').filter(Boolean)) {
    const [commit = '', ...parents] = line.split(' ')
    const isAfter = parents.some(parent => tainted.has(parent))
    if (bad.has(commit) && !isAfter) first.push(commit)
    if (bad.has(commit) || isAfter) tainted.add(commit)
  }
  return first
}

/** Arguments of one call. */
const MOST = 500

async function findRefs(
  root: string,
  commits: readonly string[],
  tags: readonly string[],
): Promise<string[]> {
  const contains = commits.slice(0, MOST).map(commit => `--contains=${commit}`)
  const list = async (...args: string[]) => {
    const { stdout } = await runGit(root, ['for-each-ref', ...args])
    return stdout.toString('utf8').split('\n').filter(Boolean)
  }
  const holding = contains.length ? await list('--format=%(refname)', ...contains) : []
  const named = tags.length ? await list('--format=%(objectname) %(refname)') : []
  const tagged = named.flatMap(line =>
    tags.includes(line.split(' ')[0] ?? '') ? [line.replace(/^\S+ /, '')] : [],
  )
  return [...new Set([...holding, ...tagged])].sort().map(printable)
}

export async function describeHost(root: string): Promise<Pick<PurgeFacts, 'usesLfs' | 'hasSubmodules'>> {
  const { stdout } = await runGit(root, [
    'grep',
    '-l',
    '-e',
    'filter=lfs',
    'HEAD',
    '--',
    '.gitattributes',
    '**/.gitattributes',
  ])
  return { usesLfs: stdout.length > 0, hasSubmodules: existsSync(join(root, '.gitmodules')) }
}
