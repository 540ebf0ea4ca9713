import { chmodSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../../errors.ts'
import { runGit } from '../../git/run-git.ts'
import type { CleanupStep } from '../../migration/journal.ts'
import { removeAbandonedDrafts, writeFileAtomically } from '../../system/write-file-atomically.ts'
import type { PlaintextFile, SealedPlan } from './sealed-plan.ts'

/**
 * Can be done twice: a step that a crash has cut may have arrived.
 * @throws UserError for a file that is not what was read
 */
export async function cleanUp({ path, how }: CleanupStep, plan: SealedPlan, root: string): Promise<void> {
  if (how === 'untracked') return untrack(path, root)
  const file = plan.plaintext.find(one => one.path === path)
  const absolute = join(root, path)
  removeAbandonedDrafts(absolute)
  if (!file || !existsSync(absolute)) return
  const now = readFileSync(absolute)
  if (how === 'reduced' && now.toString('utf8') === file.left) return
  if (!now.equals(bytesOf(file)))
    throw new UserError(
      `"${path}" has changed since it was read`,
      `Move your "${path}" away and run "stanch migrate --undo --keep-entries"; then migrate yours.`,
    )
  if (how === 'removed') rmSync(absolute)
  else write(absolute, file.left ?? '', file.mode)
}

/** @throws UserError where another file stands in the place of one that programs read */
export function refuseOthers({ plaintext }: SealedPlan, root: string): void {
  const other = plaintext.find(file => !file.isCopy && stateOf(file, root) === 'other')
  if (other) throw new UserError(`there is another "${other.path}" now`, 'Move it away, then undo again.')
}

/** Puts back what was removed or reduced, byte for byte; what somebody has put in its place meanwhile stays. */
export async function restorePlaintext(
  { plaintext, index }: SealedPlan,
  root: string,
  remarks: string[],
): Promise<void> {
  for (const file of plaintext) {
    removeAbandonedDrafts(join(root, file.path))
    const state = stateOf(file, root)
    if (state === 'other') remarks.push(`${file.path} has been changed since, and stays`)
    else if (state === 'gone') write(join(root, file.path), bytesOf(file), file.mode)
  }
  if (index !== '') await restoreIndex(index, plaintext, root)
}

function stateOf(file: PlaintextFile, root: string): 'there' | 'gone' | 'other' {
  const path = join(root, file.path)
  if (!existsSync(path)) return 'gone'
  const now = readFileSync(path)
  if (now.equals(bytesOf(file))) return 'there'
  return now.toString('utf8') === file.left ? 'gone' : 'other'
}

function bytesOf({ base64 }: PlaintextFile): Buffer {
  return Buffer.from(base64, 'base64')
}

function write(path: string, content: string | Uint8Array, mode: number): void {
  writeFileAtomically(path, content, mode)
  // Whatever the umask takes away.
  chmodSync(path, mode)
}

async function untrack(path: string, root: string): Promise<void> {
  const { code, stderr } = await runGit(root, [
    ...['--literal-pathspecs', 'rm', '--cached', '--force', '--quiet', '--ignore-unmatch', '--'],
    path,
  ])
  if (code !== 0) throw new UserError(`git cannot untrack "${path}": ${stderr.trim()}`, 'Do it by hand.')
}

/** The very object that was there, also where the file had been changed since; else the file as it is. */
async function restoreIndex(index: string, files: readonly PlaintextFile[], root: string): Promise<void> {
  const info = ['update-index', '--add', '-z', '--index-info']
  if ((await runGit(root, info, {}, Buffer.from(index))).code === 0) return
  const tracked = files.filter(({ path }) => index.includes(`\t${path}\0`)).map(({ path }) => path)
  await runGit(root, ['--literal-pathspecs', 'add', '--force', '--', ...tracked])
}
