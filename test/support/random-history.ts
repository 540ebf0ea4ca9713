import { git, makeDirectory, writeFiles } from './temporary-directory.ts'
import { makeToken } from './tokens.ts'

export const TOKENS = 40

/** A repository that grows by commits, amends, merges, renames, stashes, resets and repacks at random, with tokens among lines that are moved about. */
export interface RandomHistory {
  directory: string
  grow(steps: number): void
}

/** @param prune whether garbage collections delete what nothing leads to */
export function startRandomHistory(
  seed: number,
  { hash = 'sha1', prune = false }: { hash?: string; prune?: boolean } = {},
): RandomHistory {
  const directory = makeDirectory()
  git(directory, 'init', '-q', '-b', 'main', `--object-format=${hash}`)
  git(directory, 'config', 'user.name', 'Ada Test')
  git(directory, 'config', 'user.email', 'ada@test.invalid')
  git(directory, 'config', 'gc.auto', '0')
  const random = createRandom(seed)
  const pick = (count: number) => Math.floor(random() * count)
  let step = 0
  writeFiles(directory, { 'file0.txt': 'start\n' })
  git(directory, 'add', '-A')
  commit(['-m', 'start'])
  return {
    directory,
    grow(steps) {
      for (const end = step + steps; step < end; step++) takeStep()
    },
  }

  function takeStep(): void {
    writeFiles(directory, { [`file${pick(4)}.txt`]: makeText() })
    git(directory, 'add', '-A')
    const kind = pick(14)
    if (kind === 0) git(directory, 'stash', '-q')
    else if (kind === 1) commit(['--amend', '-m', `amended ${step}`])
    else commit(['-m', pick(4) === 0 ? `step ${step} ${makeToken(pick(TOKENS))}` : `step ${step}`])
    const before = git(directory, 'rev-list', '-2', '--first-parent', 'HEAD').trim().split('\n').at(-1) ?? ''
    if (kind === 2) git(directory, 'checkout', '-qB', `branch${pick(3)}`, pick(2) ? before : 'HEAD')
    if (kind === 3) merge(['-s', 'ours'])
    if (kind === 4) merge(['-X', pick(2) ? 'theirs' : 'ours'])
    if (kind === 5) rename()
    if (kind === 6) git(directory, 'reset', '-q', '--hard', before)
    if (kind === 7) git(directory, 'tag', '-f', '-m', `note ${makeToken(pick(TOKENS))}`, `t${pick(3)}`)
    if (kind > 9) repack(kind)
  }

  /** Odd depths and windows, bases by name, old indexes, several packs under one index, cruft. */
  function repack(kind: number): void {
    const odd =
      ['repack.useDeltaBaseOffset=false', 'pack.indexVersion=1', 'pack.compression=0'][pick(3)] ?? ''
    if (kind === 10)
      git(
        directory,
        '-c',
        odd,
        'repack',
        '-dfq',
        `--depth=${1 + pick(60)}`,
        `--window=${2 + pick(30)}`,
        ...(pick(2) ? ['-A'] : []),
      )
    else if (kind === 11) {
      git(directory, 'repack', '-dq')
      git(directory, 'multi-pack-index', 'write')
    } else
      git(directory, 'gc', '-q', ...(kind === 12 ? ['--cruft'] : []), `--prune=${prune ? 'now' : 'never'}`)
  }

  function merge(strategy: readonly string[]): void {
    try {
      git(directory, 'merge', '-q', ...strategy, '-m', `merge ${step}`, 'main')
    } catch {
      // A file that one side renamed and the other one changed: whatever stands there now is taken.
      git(directory, 'add', '-A')
      commit(['-m', `merge ${step} by hand`])
    }
  }

  function rename(): void {
    const [name = ''] = git(directory, 'ls-files').split('\n')
    git(directory, 'mv', '-f', name, `folder${pick(2)}-${name.replaceAll('/', '-')}`)
    commit(['-m', `rename ${step}`])
  }

  function commit(args: readonly string[]): void {
    git(directory, 'commit', '-q', '--allow-empty', ...args)
  }

  function makeText(): string {
    return Array.from({ length: 5 + pick(40) }, () => {
      const number = pick(12 * TOKENS)
      return number < TOKENS ? `key = ${makeToken(number)}` : `line ${number % 50} of a text`
    }).join('\n')
  }
}

/** https://en.wikipedia.org/wiki/Linear_congruential_generator */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
