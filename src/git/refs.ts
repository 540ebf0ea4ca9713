import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { isNullId, isObjectId, type ObjectId } from './object-id.ts'
import { listReflogIdsWithGit, listRefsWithGit } from './refs-from-git.ts'
import { readReftableStack } from './reftable-stack.ts'
import type { Repository } from './repository.ts'

export interface Ref {
  /** `refs/heads/main`, `HEAD`, `worktrees/NAME/HEAD`. */
  name: string
  id: ObjectId
}

/** Ref → the object that it stands for, symbolic ones followed; the names are those of `Ref`. */
type RefIds = ReadonlyMap<string, ObjectId>

/** All refs: of the repository, HEAD, and those of every linked work tree. */
export function listRefs(repository: Repository): Ref[] {
  const refs = (readers[repository.refFormat] ?? listRefsWithGit)(repository)
  return [...refs].map(([name, id]) => ({ name, id })).sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** By the format that the configuration names; git is asked for any other. */
const readers: Readonly<Record<string, (repository: Repository) => RefIds>> = {
  files: repository => readFiles(repository),
  reftable: repository => readTables(repository),
}

function readFiles(repository: Repository): RefIds {
  const { commonDir } = repository
  const refs = new Map<string, ObjectId>()
  for (const ref of readPackedRefs(join(commonDir, 'packed-refs'))) refs.set(ref.name, ref.id)
  for (const gitDir of listGitDirs(repository)) {
    for (const name of listFiles(join(gitDir, 'refs')).map(file => `refs/${file}`)) {
      const target = readRefFile(join(gitDir, name))
      if (target !== undefined && isObjectId(target)) refs.set(prefixOf(gitDir, repository) + name, target)
    }
  }
  for (const gitDir of listGitDirs(repository)) {
    const head = followHead(gitDir, name => refs.get(name))
    if (head !== undefined) refs.set(`${prefixOf(gitDir, repository)}HEAD`, head)
  }
  return refs
}

/** Other refs at the top, such as ORIG_HEAD, are left out, as those in files are. */
function readTables(repository: Repository): RefIds {
  const refs = new Map<string, ObjectId>()
  const shared = readReftableStack(repository.commonDir).refs
  for (const gitDir of listGitDirs(repository)) {
    const own = gitDir === repository.commonDir ? shared : readReftableStack(gitDir).refs
    const lookUp = (name: string) => own.get(name) ?? shared.get(name)
    for (const { name, id, target = '' } of own.values()) {
      const found = id ?? (name === 'HEAD' ? lookUp(target)?.id : undefined)
      const isListed = name === 'HEAD' || name.startsWith('refs/')
      if (isListed && found !== undefined) refs.set(prefixOf(gitDir, repository) + name, found)
    }
  }
  return refs
}

/** Linked work trees have names of their own: `worktrees/NAME/`. */
function prefixOf(gitDir: string, { commonDir }: Repository): string {
  return gitDir === commonDir ? '' : `${relative(commonDir, gitDir)}/`
}

/** Every object that a reflog names: what a branch, HEAD or the stash once stood at. */
export function listReflogIds(repository: Repository): ObjectId[] {
  const list = logReaders[repository.refFormat]
  const ids = new Set(list ? listGitDirs(repository).flatMap(list) : listReflogIdsWithGit(repository))
  return [...ids].filter(id => isObjectId(id) && !isNullId(id)).sort()
}

const logReaders: Readonly<Record<string, (gitDir: string) => ObjectId[]>> = {
  files: gitDir => listLogFileIds(gitDir),
  reftable: gitDir => listTableLogIds(gitDir),
}

function listLogFileIds(gitDir: string): string[] {
  return listFiles(join(gitDir, 'logs')).flatMap(file => {
    const text = readText(join(gitDir, 'logs', file)) ?? ''
    return text.split('\n').flatMap(line => line.split(' ', 2))
  })
}

function listTableLogIds(gitDir: string): string[] {
  return readReftableStack(gitDir).logs.flatMap(({ change }) => [change.before, change.after])
}

/** Files with refs in them that make no sense, by their paths. */
export function listDamagedRefs(repository: Repository): string[] {
  if (repository.refFormat !== 'reftable') return []
  return listGitDirs(repository).flatMap(gitDir => readReftableStack(gitDir).damaged)
}

/** The repository's directory and those of its linked work trees. */
export function listGitDirs({ commonDir }: Repository): string[] {
  const worktrees = join(commonDir, 'worktrees')
  return [commonDir, ...listNames(worktrees).map(name => join(worktrees, name))]
}

/** Where HEAD of a work tree stands: the name of its branch, or an object. */
export function readHead(gitDir: string): { branch?: string; id?: ObjectId } {
  const text = readRefFile(join(gitDir, 'HEAD'))
  if (text === undefined) return {}
  return isObjectId(text) ? { id: text } : { branch: text.replace(/^ref: */, '') }
}

function followHead(gitDir: string, lookUp: (name: string) => ObjectId | undefined): ObjectId | undefined {
  const { branch, id } = readHead(gitDir)
  return id ?? (branch === undefined ? undefined : lookUp(branch))
}

/** https://git-scm.com/docs/gitrepository-layout: a line a ref; `^` lines give what a tag stands for. */
function readPackedRefs(path: string): Ref[] {
  const text = readText(path) ?? ''
  return text.split('\n').flatMap(line => {
    const [id, name] = line.split(' ', 2)
    return id !== undefined && name !== undefined && isObjectId(id) ? [{ name, id }] : []
  })
}

function readRefFile(path: string): string | undefined {
  return readText(path)
    ?.split(/[\t\n]/, 1)[0]
    ?.trim()
}

function listFiles(directory: string): string[] {
  try {
    const entries = readdirSync(directory, { recursive: true, withFileTypes: true })
    return entries
      .filter(entry => entry.isFile() && !entry.name.endsWith('.lock'))
      .map(entry => relative(directory, join(entry.parentPath, entry.name)))
  } catch {
    // No such directory: no refs of this kind.
    return []
  }
}

function listNames(directory: string): string[] {
  try {
    return readdirSync(directory)
  } catch {
    return []
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
