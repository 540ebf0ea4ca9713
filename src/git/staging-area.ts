/** The index that the next commit is made from, read directly where we understand it, else through git. */
import { join, resolve } from 'node:path'
import { CorruptObjectError, type GitObject, MissingObjectError } from './git-object.ts'
import { viewIndex } from './index-view.ts'
import { listStaged, type StagedEntry } from './list-staged.ts'
import { isObjectId, type ObjectId } from './object-id.ts'
import type { ObjectReader } from './object-reader.ts'
import { readIfThere } from './read-if-there.ts'
import { readHead } from './refs.ts'
import type { Repository } from './repository.ts'

export interface StagingArea {
  /** Commits that the next commit will have as parents, as git knows them: none for the first one, several for a merge. */
  parents: ObjectId[]
  entries: StagedEntry[]
}

/** @param indexFile another index than the repository's own: `git commit -a` and `git commit PATH` make one for the hook */
export async function openStagingArea(
  repository: Repository,
  objects: ObjectReader,
  indexFile?: string,
): Promise<StagingArea> {
  const direct = readDirectly(repository, objects, indexFile)
  if (direct) return direct
  const { listStagedWithGit } = await import('./list-staged-with-git.ts')
  return listStagedWithGit(repository, indexFile)
}

function readDirectly(
  repository: Repository,
  objects: ObjectReader,
  indexFile = join(repository.gitDir, 'index'),
): StagingArea | undefined {
  if (repository.refFormat !== 'files' || repository.unknownExtensions.length > 0) return undefined
  try {
    const bytes = readIfThere(resolve(repository.workTree ?? repository.gitDir, indexFile))
    const index = bytes && viewIndex(bytes, repository.hash)
    // With `link` the entries are in a shared file as well.
    if (!index || index.extensions.has('link')) return undefined
    const parents = readParents(repository)
    const trees = parents?.map(parent => readTreeId(objects.read(parent)))
    if (!parents || !trees) return undefined
    const entries = listStaged(index, trees, repository, objects)
    return entries && { parents, entries }
  } catch (error) {
    // Whatever we cannot make sense of, git may.
    if (error instanceof CorruptObjectError || error instanceof MissingObjectError) return undefined
    throw error
  }
}

/** HEAD, and what is being merged into it; undefined where HEAD cannot be followed. */
function readParents({ gitDir, commonDir }: Repository): ObjectId[] | undefined {
  const { branch, id } = readHead(gitDir)
  const head = id ?? (branch === undefined ? undefined : readRef(branch, gitDir, commonDir))
  if (head === undefined) return undefined
  const merged = (readIfThere(join(gitDir, 'MERGE_HEAD'))?.toString('latin1') ?? '')
    .split('\n')
    .filter(isObjectId)
  return head === '' ? [] : [head, ...merged]
}

/** Empty for a branch without a commit; undefined for a ref that stands for another one. */
function readRef(name: string, gitDir: string, commonDir: string): ObjectId | '' | undefined {
  const loose = readIfThere(join(gitDir, name)) ?? readIfThere(join(commonDir, name))
  if (loose) {
    const text = loose.toString('latin1').trim()
    return isObjectId(text) ? text : undefined
  }
  const packed = readIfThere(join(commonDir, 'packed-refs'))
  const at = packed?.indexOf(` ${name}\n`) ?? -1
  if (!packed || at < 0) return ''
  const id = packed.toString('latin1', packed.lastIndexOf(10, at - 1) + 1, at)
  return isObjectId(id) ? id : undefined
}

function readTreeId(commit: GitObject | { type: string }): ObjectId {
  const line = 'bytes' in commit ? /^tree ([0-9a-f]+)\n/.exec(commit.bytes.toString('latin1', 0, 80)) : null
  if (!line?.[1]) throw new CorruptObjectError('a commit without a tree')
  return line[1]
}
