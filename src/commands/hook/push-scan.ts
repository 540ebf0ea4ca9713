import { MissingObjectError } from '../../git/git-object.ts'
import { ObjectReader } from '../../git/object-reader.ts'
import type { HookType } from '../../hooks/hook-type.ts'
import { type RefUpdate, readPushedRefs, readReceivedRefs } from '../../hooks/read-ref-updates.ts'
import { readAll } from '../../sources/stdin.ts'
import type { Context } from '../context.ts'
import { findHookRepository, type HookRepository } from '../scan/hook-repository.ts'
import { createCommitScan } from '../scan/scan-commits.ts'
import type { SourceScan } from '../scan/scan-run.ts'

/** The scan of what a push brings; undefined when it brings nothing: only deletions, or nothing to do. */
export async function openPushScan(
  type: HookType,
  [remote = '']: readonly string[],
  context: Context,
): Promise<SourceScan | undefined> {
  const hook = findHookRepository(context)
  const updates = await readUpdates(type, context)
  const tips = updates.flatMap(({ tip }) => tip ?? [])
  if (tips.length === 0) return undefined
  const name = remote || context.env.PRE_COMMIT_REMOTE_NAME || ''
  const known = type === 'pre-receive' ? ['--all'] : listKnown(hook, updates, name)
  return createCommitScan(hook, { tips, known }, name || 'push')
}

async function readUpdates(type: HookType, { stdin, env }: Context): Promise<RefUpdate[]> {
  const text = 'isTTY' in stdin && stdin.isTTY ? '' : (await readAll(stdin)).toString('utf8')
  const updates = type === 'pre-receive' ? readReceivedRefs(text) : readPushedRefs(text)
  // The pre-commit framework reads standard input itself and tells by variables.
  const { PRE_COMMIT_TO_REF: tip, PRE_COMMIT_FROM_REF: old } = env
  if (updates.length > 0 || !tip) return updates
  return [{ ref: env.PRE_COMMIT_REMOTE_BRANCH ?? '', tip, ...(old ? { old } : {}) }]
}

/** What the remote has for certain: its branches as last seen, and the old values of the refs, if we have them. */
function listKnown({ repository }: HookRepository, updates: readonly RefUpdate[], remote: string): string[] {
  const objects = new ObjectReader(repository)
  const olds = updates.flatMap(({ old }) => (old !== undefined && isThere(old, objects) ? [old] : []))
  objects.close()
  // A push to an address instead of a name: nothing is known of it. A pattern in a name must not match other remotes.
  const isName = /^[^:?*[\]\\\s]+$/.test(remote)
  return [...(isName ? [`--remotes=${remote}`] : []), ...olds]
}

function isThere(id: string, objects: ObjectReader): boolean {
  try {
    objects.read(id, 0)
    return true
  } catch (error) {
    if (error instanceof MissingObjectError) return false
    throw error
  }
}
