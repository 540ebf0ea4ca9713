import { UserError } from '../errors.ts'
import type { StagedEntry } from './list-staged.ts'
import type { ObjectId } from './object-id.ts'
import { parseRawDiff } from './parse-raw-diff.ts'
import type { Repository } from './repository.ts'
import { runGit } from './run-git.ts'
import type { StagingArea } from './staging-area.ts'

/** The same as `openStagingArea`, asked of git: a split or sparse index, refs in a table, what a later git brings. */
export async function listStagedWithGit(repository: Repository, indexFile?: string): Promise<StagingArea> {
  const ask = createAsk(repository, indexFile)
  const parents = await listParents(ask)
  const lists = await Promise.all(
    (parents.length ? parents : [await emptyTree(ask)]).map(parent => listAgainst(ask, parent)),
  )
  const [first = [], ...others] = lists
  // What is the same in one parent is not in its list.
  const entries = first.filter(entry =>
    others.every(list => list.some(other => other.path.equals(entry.path))),
  )
  return { parents, entries }
}

type Ask = (args: readonly string[]) => Promise<Buffer | undefined>

function createAsk(repository: Repository, indexFile: string | undefined): Ask {
  const env = {
    GIT_DIR: repository.gitDir,
    ...(repository.workTree === undefined ? {} : { GIT_WORK_TREE: repository.workTree }),
    ...(indexFile === undefined ? {} : { GIT_INDEX_FILE: indexFile }),
  }
  return async args => {
    const { code, stdout } = await runGit(repository.workTree ?? repository.gitDir, args, env)
    return code === 0 ? stdout : undefined
  }
}

async function listParents(ask: Ask): Promise<ObjectId[]> {
  const [head, merged] = await Promise.all([
    ask(['rev-parse', '--verify', '--quiet', 'HEAD']),
    ask(['rev-parse', '--verify', '--quiet', 'MERGE_HEAD']),
  ])
  return [head, merged].flatMap(id => id?.toString('latin1').trim() ?? [])
}

async function emptyTree(ask: Ask): Promise<ObjectId> {
  const id = await ask(['hash-object', '-t', 'tree', '--stdin'])
  if (!id) throw unreadable()
  return id.toString('latin1').trim()
}

async function listAgainst(ask: Ask, tree: ObjectId): Promise<StagedEntry[]> {
  const plain = [
    '--no-renames',
    '--ignore-submodules=all',
    '--no-ext-diff',
    '--no-textconv',
    '--no-relative',
    '-O/dev/null',
  ]
  const output = await ask(['diff-index', '--cached', '--raw', '-z', '--no-abbrev', ...plain, tree, '--'])
  if (!output) throw unreadable()
  return parseRawDiff(output)
}

function unreadable(): UserError {
  return new UserError('cannot read what is staged', 'Check the repository with "git status" and "git fsck".')
}
