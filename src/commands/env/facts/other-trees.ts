import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Repository } from '../../../git/repository.ts'
import { runGit } from '../../../git/run-git.ts'
import type { Sighting } from '../../../hygiene/facts.ts'
import { isEnvName } from '../../../hygiene/file-names.ts'
import { baseOf } from '../../../hygiene/problem.ts'
import type { EnvReader } from './env-text.ts'
import { readBlobs } from './read-history.ts'

/** Stashes that are looked into. */
const MOST_STASHES = 20

/** Values that are in use here and also lie in a stash, another work tree of the same repository, or a submodule. */
export async function findInOtherTrees(
  repository: Repository,
  root: string,
  paths: { own: readonly string[]; inSubmodules: readonly string[] },
  reader: EnvReader,
): Promise<Sighting[]> {
  const known = new Set(reader.values.keys())
  const found = [
    ...(await readStashes(repository, root, reader)),
    ...readWorkTrees(repository, root, paths.own, reader),
    ...paths.inSubmodules
      .filter(path => isEnvName(baseOf(path)))
      .flatMap(path => sightingsIn('submodule', path, readIfFile(join(root, path)), reader)),
  ]
  return found.filter(({ digest }) => known.has(digest))
}

/** The untracked files of a stash are its third parent; tracked ones differ from the commit that it was made on. */
async function readStashes(repository: Repository, root: string, reader: EnvReader): Promise<Sighting[]> {
  if (!mayHaveStashes(repository)) return []
  const list = await runGit(root, ['stash', 'list', '--format=%gd %H'])
  const stashes = list.stdout.toString('utf8').split('\n').filter(Boolean).slice(0, MOST_STASHES)
  const listed = await Promise.all(stashes.map(line => listStash(root, line)))
  const entries = listed.flat()
  const blobs = await readBlobs(
    root,
    repository,
    entries.map(({ blob }) => blob),
  )
  return entries.flatMap(({ path, blob }) => sightingsIn('stash', path, blobs.get(blob), reader))
}

/** Git keeps the names of stashes in the reflog of this one ref, whatever keeps the refs themselves. */
function mayHaveStashes({ commonDir }: Repository): boolean {
  return existsSync(join(commonDir, 'logs/refs/stash')) || existsSync(join(commonDir, 'reftable'))
}

async function listStash(root: string, line: string): Promise<{ path: string; blob: string }[]> {
  const [name = '', commit = ''] = line.split(' ')
  const outputs = await Promise.all([
    runGit(root, ['ls-tree', '-r', '-z', `${commit}^3`]),
    runGit(
      root,
      ['diff-tree', '-r', '-z', '--no-renames', '--diff-filter=AM', '--stdin', '--no-commit-id'],
      {},
      Buffer.from(`${commit} ${commit}^1\n`),
    ),
  ])
  const [untracked = '', changed = ''] = outputs.map(({ stdout }) => stdout.toString('utf8'))
  const fromTree = [...untracked.matchAll(/\d+ blob ([0-9a-f]+)\t([^\0]+)\0/g)]
  // The stash is the older side here, because it was named first.
  const fromDiff = [...changed.matchAll(/:\d+ \d+ [0-9a-f]+ ([0-9a-f]+) [AM]\0([^\0]+)\0/g)]
  return [...fromTree, ...fromDiff].flatMap(([, blob = '', path = '']) =>
    isEnvName(baseOf(path)) ? [{ path: `${name}:${path}`, blob }] : [],
  )
}

function readWorkTrees(
  { commonDir }: Repository,
  root: string,
  paths: readonly string[],
  reader: EnvReader,
): Sighting[] {
  return listWorkTrees(commonDir)
    .filter(tree => tree !== root)
    .flatMap(tree =>
      [...new Set([...paths, '.env'])].flatMap(path => {
        const full = join(tree, path)
        return sightingsIn('worktree', full, readIfFile(full), reader)
      }),
    )
}

/** The work tree beside the repository, then those that `git worktree add` made. */
function listWorkTrees(commonDir: string): string[] {
  const main = /[\\/]\.git$/.test(commonDir) ? [dirname(commonDir)] : []
  try {
    const folder = join(commonDir, 'worktrees')
    const linked = readdirSync(folder).map(name =>
      dirname(readFileSync(join(folder, name, 'gitdir'), 'utf8').trim()),
    )
    return [...main, ...linked]
  } catch {
    return main
  }
}

function readIfFile(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}

function sightingsIn(
  kind: 'stash' | 'submodule' | 'worktree',
  path: string,
  bytes: Buffer | undefined,
  reader: EnvReader,
): Sighting[] {
  if (!bytes) return []
  return reader.read(bytes).keys.map(({ name, line, digest }) => ({ kind, path, line, key: name, digest }))
}
