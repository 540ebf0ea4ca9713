import { everyLine, type LineRange } from './line-range.ts'
import type { StagedEntry } from './list-staged.ts'
import type { ObjectId } from './object-id.ts'
import { readHunks } from './read-hunks.ts'
import type { Repository } from './repository.ts'
import { runGit } from './run-git.ts'

export interface StagedDiff {
  repository: Repository
  parents: readonly ObjectId[]
  indexFile?: string | undefined
}

/**
 * Tells which lines of staged files are new, as git's own diff sees it: nothing that a repository configures has a say in
 * it (external diff, textconv, attributes). A renamed file is compared with what it was; in a merge a line is new when no
 * parent has it. Where git cannot tell, all lines are. Asked only about files in which something was found.
 */
export async function createAddedLines(
  diff: StagedDiff,
): Promise<(entry: StagedEntry) => Promise<LineRange[]>> {
  const olds = await Promise.all(diff.parents.map(parent => listOldObjects(diff, parent)))
  return async entry => {
    const key = entry.path.toString('latin1')
    return listAddedTo(
      diff.repository,
      olds.map(old => old.get(key)),
      entry.id,
    )
  }
}

/** Lines of a blob that none of the older ones has; an older one that was not there has none. */
export async function listAddedTo(
  repository: Repository,
  olds: readonly (ObjectId | undefined)[],
  id: ObjectId,
  env: NodeJS.ProcessEnv = {},
): Promise<LineRange[]> {
  const lists = await Promise.all(
    olds.map(old => (old === undefined ? everyLine : listAdded(repository, old, id, env))),
  )
  return lists.reduce<readonly LineRange[]>(intersect, everyLine).slice()
}

/** New path → object that stood there, or at the path that it was renamed from. Files that are new are not in it. */
async function listOldObjects(diff: StagedDiff, parent: ObjectId): Promise<Map<string, ObjectId>> {
  const args = [
    'diff-index',
    '--cached',
    '--raw',
    '-z',
    '--no-abbrev',
    '--find-renames',
    '--ignore-submodules=all',
  ]
  const output = await ask(diff, [...args, ...plain, '--no-relative', parent, '--'])
  const olds = new Map<string, ObjectId>()
  const fields = (output ?? '').split('\0')
  for (let i = 0; i + 1 < fields.length; ) {
    const [, , old = '', , status = ''] = (fields[i++] ?? '').split(' ')
    const first = fields[i++] ?? ''
    const path = /^[RC]/.test(status) ? (fields[i++] ?? '') : first
    if (!/^0*$/.test(old)) olds.set(path, old)
  }
  return olds
}

async function listAdded(
  repository: Repository,
  old: ObjectId,
  fresh: ObjectId,
  env: NodeJS.ProcessEnv,
): Promise<readonly LineRange[]> {
  // A line that only gets its newline, or loses a carriage return, is not new.
  const ends = '--ignore-cr-at-eol'
  const args = ['diff', '--text', '--unified=0', '--inter-hunk-context=0', '--no-renames', ends, ...plain]
  const output = await ask({ repository, parents: [] }, [...args, old, fresh], env)
  return output === undefined ? everyLine : readHunks(output, 0).ranges
}

/** Whatever the configuration says; an order of files may name a file that is not there. */
const plain = ['--no-ext-diff', '--no-textconv', '--no-color', '-O/dev/null']

function intersect(one: readonly LineRange[], other: readonly LineRange[]): LineRange[] {
  return one
    .flatMap(a => other.map(b => ({ from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) })))
    .filter(({ from, to }) => from <= to)
}

/** Latin-1, a character a byte; undefined when git fails. */
async function ask(
  { repository: { gitDir, workTree }, indexFile }: StagedDiff,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<string | undefined> {
  const { code, stdout } = await runGit(workTree ?? gitDir, args, {
    GIT_DIR: gitDir,
    ...(workTree === undefined ? {} : { GIT_WORK_TREE: workTree }),
    ...(indexFile === undefined ? {} : { GIT_INDEX_FILE: indexFile }),
    ...env,
  })
  return code === 0 ? stdout.toString('latin1') : undefined
}
