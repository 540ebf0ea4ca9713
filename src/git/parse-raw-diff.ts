import type { StagedEntry } from './list-staged.ts'

/**
 * What `git diff-index --cached --raw -z --no-renames` prints: `:100644 100644 <old> <new> M NUL path NUL`, over and over.
 * Deleted files, submodules and what is only intended to be added are left out.
 */
export function parseRawDiff(output: Buffer): StagedEntry[] {
  const entries: StagedEntry[] = []
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(0, at)
    const pathEnd = output.indexOf(0, end + 1)
    if (end < 0 || pathEnd < 0) break
    const [, mode = '', , id = '', status = ''] = output.toString('latin1', at + 1, end).split(' ')
    if (status !== 'D' && mode !== '160000' && !/^0*$/.test(id))
      entries.push({ path: output.subarray(end + 1, pathEnd), mode: Number.parseInt(mode, 8), id })
    at = pathEnd + 1
  }
  return entries
}
