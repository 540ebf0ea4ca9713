import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { git, makeDirectory } from './temporary-directory.ts'

/** How the objects of a repository are stored, each by a sequence of real git commands. */
export const storages = {
  loose: () => {},
  onePack: directory => git(directory, 'repack', '-adfq', '--depth=50', '--window=20'),
  deepChains: directory => git(directory, 'repack', '-adfq', '--depth=4000', '--window=50'),
  noDeltas: directory => git(directory, '-c', 'pack.depth=0', 'repack', '-adFq', '--depth=0'),
  refDeltas: directory =>
    git(directory, '-c', 'repack.useDeltaBaseOffset=false', 'repack', '-adfq', '--window=20'),
  gc: directory => git(directory, 'gc', '-q', '--prune=now'),
  cruft: directory => {
    dropBranch(directory)
    git(directory, 'gc', '-q', '--cruft', '--prune=never')
  },
  severalPacks: directory => {
    git(directory, 'repack', '-dq')
    addCommits(directory, 7)
    git(directory, 'repack', '-dq')
    addCommits(directory, 8)
    git(directory, 'repack', '-dq')
    git(directory, 'multi-pack-index', 'write')
    addCommits(directory, 9)
  },
  oldIndex: directory => git(directory, '-c', 'pack.indexVersion=1', 'repack', '-adfq'),
  farOffsets: directory => {
    const pack = git(directory, 'rev-list', '--all', '--objects')
    spawnSync(
      'git',
      ['pack-objects', '-q', '--index-version=2,0x40', join(directory, '.git/objects/pack/pack')],
      {
        cwd: directory,
        input: pack.replace(/ .*$/gm, ''),
      },
    )
    git(directory, 'prune-packed', '-q')
  },
} satisfies Record<string, (directory: string) => unknown>

export type Storage = keyof typeof storages

/** A repository with branches, merges, renames, tags, notes and a stash, made by git from a seed. */
export function makeRandomRepository(
  seed: number,
  storage: Storage,
  options: readonly string[] = [],
): string {
  const directory = makeDirectory()
  git(directory, 'init', '-q', '-b', 'main', ...options)
  git(directory, 'config', 'user.name', 'Ada Test')
  git(directory, 'config', 'user.email', 'ada@test.invalid')
  git(directory, 'config', 'gc.auto', '0')
  addCommits(directory, seed)
  storages[storage](directory)
  return directory
}

/** Adds two dozen commits by `git fast-import`. */
export function addCommits(directory: string, seed: number): void {
  const { status, stderr } = spawnSync(
    'git',
    ['-c', 'fastimport.unpackLimit=100000', 'fast-import', '--quiet'],
    {
      cwd: directory,
      input: writeStream(createRandom(seed), seed),
    },
  )
  if (status !== 0) throw new Error(`git fast-import: ${stderr}`)
}

function dropBranch(directory: string): void {
  git(
    directory,
    'update-ref',
    '-d',
    git(directory, 'for-each-ref', '--format=%(refname)', 'refs/heads').split('\n')[0] ?? '',
  )
}

type Random = (below: number) => number

/** https://en.wikipedia.org/wiki/Linear_congruential_generator with the constants of Numerical Recipes. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  return below => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

interface Branch {
  name: string
  mark: number
  files: Map<string, string>
}

function writeStream(random: Random, seed: number): Buffer {
  const parts: Buffer[] = []
  const write = (text: string) => parts.push(Buffer.from(text, 'utf8'))
  const branches: Branch[] = []
  for (let mark = 1; mark <= 24; mark++) {
    const from = branches[random(branches.length)]
    const isNew = !from || random(6) === 0
    const branch = isNew
      ? { name: `refs/heads/b${seed}-${mark}`, mark: 0, files: new Map(from && random(3) ? from.files : []) }
      : from
    const other = branches[random(branches.length)]
    const message = `change ${mark}\n\n${randomText(random, 3)}`
    write(`commit ${branch.name}\nmark :${mark}\n`)
    write(`author A${random(5)} <a@test.invalid> ${1_600_000_000 + mark * 1000} +0130\n`)
    write(`committer C <c@test.invalid> ${1_600_000_000 + mark * 1000} +0000\n`)
    write(`data ${Buffer.byteLength(message)}\n${message}\n`)
    if (isNew && from && branch.files.size) write(`from :${from.mark}\n`)
    if (!isNew) write(`from :${branch.mark}\n`)
    if (other && other !== branch && branch.mark && random(3) === 0) write(`merge :${other.mark}\n`)
    changeFiles(branch.files, random, write)
    branch.mark = mark
    if (isNew) branches.push(branch)
    if (random(8) === 0) {
      write(
        `tag t${seed}-${mark}\nfrom :${mark}\ntagger T <t@test.invalid> 1600000000 +0000\ndata 9\nrelease ${mark % 10}\n`,
      )
    }
  }
  return Buffer.concat(parts)
}

const folders = ['', 'src/', 'src/deep/er/', 'docs/', 'données/']

function changeFiles(files: Map<string, string>, random: Random, write: (text: string) => void): void {
  for (let change = random(3) + 1; change > 0; change--) {
    const names = [...files.keys()]
    const name = names[random(names.length)]
    const fresh = `${folders[random(folders.length)]}f${random(40)}.${random(2) ? 'txt' : 'ts'}`
    const kind = name === undefined ? 0 : random(6)
    if (kind === 5 && name !== undefined) {
      write(`D ${name}\n`)
      files.delete(name)
    } else if (kind === 4 && name !== undefined && !files.has(fresh)) {
      write(`R ${name} ${fresh}\n`)
      files.set(fresh, files.get(name) ?? '')
      files.delete(name)
    } else {
      const target = kind === 0 || name === undefined ? fresh : name
      const content = editText(files.get(target) ?? randomText(random, 60), random)
      files.set(target, content)
      write(
        `M ${random(9) ? '100644' : '100755'} inline ${target}\ndata ${Buffer.byteLength(content)}\n${content}\n`,
      )
    }
  }
}

/** Inserts, removes and moves lines, so that deltas copy, insert and reorder. */
function editText(text: string, random: Random): string {
  const lines = text.split('\n')
  for (let edit = random(4); edit >= 0; edit--) {
    const at = random(lines.length)
    const kind = random(4)
    if (kind === 0) lines.splice(at, random(5))
    else if (kind === 1) lines.splice(random(lines.length), 0, ...lines.splice(at, 8))
    else lines.splice(at, 0, ...randomText(random, 4).split('\n'))
  }
  return lines.join('\n')
}

function randomText(random: Random, lines: number): string {
  const words = Array.from({ length: random(lines) + 1 }, () => {
    const length = random(12) === 0 ? 120 : random(9)
    return Array.from(
      { length },
      () => ['alpha', 'beta', 'größe', 'x1', '=', '\t', '{', '0f3a'][random(8)],
    ).join(' ')
  })
  return words.join('\n') + (random(4) ? '\n' : '')
}
