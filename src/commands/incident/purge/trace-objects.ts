import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { runGit } from '../../../git/run-git.ts'
import type { FoundObject, PurgeFacts } from '../../../incident/purge/purge-guide.ts'
import { printable } from '../../../reporters/printable.ts'
import type { ObjectSearch } from './search-objects.ts'

export type Trace = Pick<PurgeFacts, 'objects' | 'commits' | 'firstCommits' | 'refs' | 'names'> & {
  /** git could not read all of the history. */
  isPartial: boolean
}

/** From objects to the commits that brought them in or took them out, reachable or not, and to the refs that hold those. */
export async function traceObjects(root: string, { objects, commits: all }: ObjectSearch): Promise<Trace> {
  const wanted = new Set(objects.flatMap(({ id, type }) => (type === 'blob' || type === 'tree' ? [id] : [])))
  const { changes, isPartial } = await findChanges(root, wanted, all)
  const paths = new Map(changes.map(({ id, path }) => [id, path]))
  const messages = objects.flatMap(({ id, type }) => (type === 'commit' ? [id] : []))
  const bad = [...new Set([...messages, ...changes.map(({ commit }) => commit)])].sort()
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
    isPartial,
  }
}

interface Change {
  id: string
  commit: string
  path: string
}

/** Commits that one process looks at. */
const BATCH = 2000

async function findChanges(
  root: string,
  wanted: ReadonlySet<string>,
  commits: readonly string[],
): Promise<{ changes: Change[]; isPartial: boolean }> {
  const args = ['log', '--no-walk=unsorted', '--stdin', '-m', '-t', '--raw', '--no-abbrev', '--no-renames']
  const changes: Change[] = []
  let isPartial = false
  for (let first = 0; first < commits.length && wanted.size > 0; first += BATCH) {
    const input = Buffer.from(`${commits.slice(first, first + BATCH).join('\n')}\n`)
    const { code, stdout } = await runGit(root, [...args, '--format=commit %H'], {}, input)
    if (code !== 0) isPartial = true
    changes.push(...readChanges(stdout.toString('utf8'), wanted))
  }
  return { changes, isPartial }
}

/** `:100644 000000 BEFORE AFTER D\tPATH` below `commit ID`. */
function readChanges(text: string, wanted: ReadonlySet<string>): Change[] {
  let commit = ''
  return text.split('\n').flatMap(line => {
    if (line.startsWith('commit ')) commit = line.slice(7)
    const [, before = '', after = '', path = ''] = /^:\d+ \d+ (\w+) (\w+) \w+\t(.*)$/.exec(line) ?? []
    const id = [after, before].find(known => wanted.has(known))
    return id === undefined ? [] : [{ id, commit, path }]
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
