import { everyLine, type LineRange } from './line-range.ts'
import type { StagedEntry } from './list-staged.ts'
import { readHunks } from './read-hunks.ts'

export interface StagedDiff {
  entries: StagedEntry[]
  /** Lines that a file gets. */
  addedTo: (entry: StagedEntry) => readonly LineRange[]
}

/**
 * What `git diff-index --cached --patch-with-raw -z --no-abbrev --full-index --unified=0` prints:
 * `:100644 100644 <old> <new> M NUL path NUL` over and over (two paths for a rename), then the diffs. Deleted files,
 * submodules and what is only intended to be added are left out.
 */
export function parseStagedDiff(output: Buffer): StagedDiff {
  const { entries, unchanged, end } = readRaw(output)
  const added = readPatches(output.toString('latin1', end))
  return {
    entries,
    addedTo: ({ id }) => added.get(id) ?? (unchanged.has(id) ? [] : everyLine),
  }
}

function readRaw(output: Buffer) {
  const entries: StagedEntry[] = []
  const unchanged = new Set<string>()
  let at = 0
  while (output[at] === 58) {
    const end = output.indexOf(0, at)
    const first = output.indexOf(0, end + 1)
    if (end < 0 || first < 0) break
    const [, mode = '', old = '', id = '', status = ''] = output.toString('latin1', at + 1, end).split(' ')
    // Of a renamed or copied file the old path comes first.
    const from = /^[RC]/.test(status) ? first : end
    const pathEnd = output.indexOf(0, from + 1)
    if (pathEnd < 0) break
    if (old === id) unchanged.add(id)
    if (status !== 'D' && mode !== '160000' && !/^0*$/.test(id))
      entries.push({ path: output.subarray(from + 1, pathEnd), mode: Number.parseInt(mode, 8), id })
    at = pathEnd + 1
  }
  return { entries, unchanged, end: at }
}

/** Object → the lines that its file gets; all of them together for one that stands at several paths. */
function readPatches(text: string): Map<string, LineRange[]> {
  const added = new Map<string, LineRange[]>()
  for (let at = text.indexOf('diff --git '); at >= 0 && at < text.length; ) {
    const { ranges, end } = readHunks(text, at)
    // Between the header and the first hunk, so it is none of the file's own lines.
    const head = text.slice(at, Math.min(end, indexOfHunk(text, at)))
    const id = /^index [0-9a-f]+\.\.([0-9a-f]+)/m.exec(head)?.[1]
    if (id !== undefined) added.set(id, [...(added.get(id) ?? []), ...ranges])
    at = end
  }
  return added
}

function indexOfHunk(text: string, from: number): number {
  const at = text.indexOf('\n@@ ', from)
  return at < 0 ? text.length : at
}
