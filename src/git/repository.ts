import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import type { HashName } from './object-id.ts'
import { isTrue, parseConfig } from './read-config.ts'

/** Where a repository keeps what. Plain data: a thread can be told of it. */
export interface Repository {
  /** Of this work tree: HEAD, index, its own refs. */
  gitDir: string
  /** Of all work trees: objects, refs, configuration. The same as `gitDir` but in a linked work tree. */
  commonDir: string
  /** Directory of the files; undefined for a bare repository. */
  workTree?: string
  hash: HashName
  /** The repository's own object directory, then its alternates. */
  objectDirs: readonly string[]
  /** Object directories that an alternates file names and that are not there. */
  lostAlternates: readonly string[]
  isShallow: boolean
  isPartial: boolean
  /** `files`, `reftable` or what a later git brings. */
  refFormat: string
  /** What the configuration asks for and we do not know: then only git itself can read the repository. */
  unknownExtensions: readonly string[]
}

/** The repository that `path` is in or is: a work tree, a folder in one, a `.git` directory or file, a bare repository. */
export function findRepository(path: string): Repository | undefined {
  for (let directory = resolve(path); ; directory = dirname(directory)) {
    const dotGit = join(directory, '.git')
    if (isGitDir(dotGit)) return describe(dotGit, directory)
    const linked = readLink(dotGit)
    if (linked !== undefined && isGitDir(linked)) return describe(linked, directory)
    if (isGitDir(directory)) return describe(directory)
    const named = readLink(directory)
    if (named !== undefined && isGitDir(named)) return describe(named, dirname(directory))
    if (dirname(directory) === directory) return undefined
  }
}

function isGitDir(path: string): boolean {
  if (!existsSync(join(path, 'HEAD'))) return false
  const common = commonDirOf(path)
  return existsSync(join(common, 'objects')) && existsSync(join(common, 'refs'))
}

const LONGEST_LINK = 8192

/** A `.git` file of a linked work tree or a submodule: `gitdir: PATH`. Any other file or path names none. */
function readLink(path: string): string | undefined {
  try {
    const stat = statSync(path, { throwIfNoEntry: false })
    if (!stat?.isFile() || stat.size > LONGEST_LINK) return undefined
    const target = /^gitdir: (.+?)\r?\n?$/.exec(readFileSync(path, 'utf8'))?.[1]
    return target === undefined ? undefined : resolve(dirname(path), target)
  } catch {
    // `file/.git`, or a file or folder that may not be read.
    return undefined
  }
}

function commonDirOf(gitDir: string): string {
  const text = readText(join(gitDir, 'commondir'))?.trim()
  return text ? resolve(gitDir, text) : gitDir
}

function describe(gitDir: string, workTree?: string): Repository {
  const commonDir = commonDirOf(gitDir)
  const config = parseConfig(readText(join(commonDir, 'config')) ?? '')
  const one = (key: string) => config.get(key)?.at(-1)
  const { found, lost } = listObjectDirs(join(commonDir, 'objects'))
  const promisors = [...config].filter(
    ([key, values]) => /^remote\..*\.promisor$/.test(key) && isTrue(values.at(-1)),
  )
  return {
    gitDir,
    commonDir,
    ...(workTree === undefined ? {} : { workTree }),
    hash: one('extensions.objectformat') === 'sha256' ? 'sha256' : 'sha1',
    objectDirs: found,
    lostAlternates: lost,
    isShallow: (statSync(join(commonDir, 'shallow'), { throwIfNoEntry: false })?.size ?? 0) > 0,
    isPartial: promisors.length > 0 || one('extensions.partialclone') !== undefined || hasPromisorPack(found),
    refFormat: one('extensions.refstorage') ?? 'files',
    unknownExtensions: findUnknown(config, one('core.repositoryformatversion') ?? '0'),
  }
}

const knownExtensions = new Set([
  'objectformat',
  'partialclone',
  'refstorage',
  'worktreeconfig',
  'noop',
  'noop-v1',
  'preciousobjects',
  'relativeworktrees',
  'compatobjectformat',
])

/** Version 0 ignores all extensions, version 1 must know each; https://git-scm.com/docs/gitrepository-layout. */
function findUnknown(config: ReadonlyMap<string, readonly string[]>, version: string): string[] {
  const names = [...config.keys()].flatMap(key => /^extensions\.([\w-]+)$/.exec(key)?.[1] ?? [])
  const format = config.get('extensions.objectformat')?.at(-1)?.toLowerCase()
  const unknown = version === '0' ? [] : names.filter(name => !knownExtensions.has(name))
  if (format !== undefined && format !== 'sha1' && format !== 'sha256') unknown.push(`objectformat=${format}`)
  const refFormat = config.get('extensions.refstorage')?.at(-1) ?? 'files'
  if (refFormat !== 'files' && refFormat !== 'reftable') unknown.push(`refstorage=${refFormat}`)
  if (version !== '0' && version !== '1') unknown.push(`repositoryformatversion=${version}`)
  return unknown
}

/** Alternates may have alternates of their own; git follows them five deep. */
const MAX_ALTERNATES = 5

function listObjectDirs(first: string): { found: string[]; lost: string[] } {
  const found: string[] = []
  const lost: string[] = []
  visit(first, 0)
  return { found, lost }

  function visit(directory: string, depth: number): void {
    if (found.includes(directory) || lost.includes(directory)) return
    if (!existsSync(directory)) {
      lost.push(directory)
      return
    }
    found.push(directory)
    if (depth < MAX_ALTERNATES) for (const next of readAlternates(directory)) visit(next, depth + 1)
  }
}

function readAlternates(directory: string): string[] {
  const text = readText(join(directory, 'info', 'alternates')) ?? ''
  return text
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(line => (line.startsWith('"') ? unquotePath(line) : line))
    .map(path => (isAbsolute(path) ? path : resolve(directory, path)))
}

/** A path in C quotes, as git writes one that holds unusual bytes. */
function unquotePath(text: string): string {
  const inner = text.slice(1, text.lastIndexOf('"'))
  const latin = Buffer.from(inner, 'utf8')
    .toString('latin1')
    .replace(/\\(?:([0-7]{3})|(.))/g, (_, octal: string | undefined, character: string) =>
      octal ? String.fromCharCode(Number.parseInt(octal, 8)) : (cEscapes[character] ?? character),
    )
  return Buffer.from(latin, 'latin1').toString('utf8')
}

const cEscapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
}

function hasPromisorPack(objectDirs: readonly string[]): boolean {
  return objectDirs.some(directory =>
    listNames(join(directory, 'pack')).some(name => name.endsWith('.promisor')),
  )
}

function listNames(directory: string): string[] {
  try {
    return readdirSync(directory)
  } catch {
    // No packs yet.
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
