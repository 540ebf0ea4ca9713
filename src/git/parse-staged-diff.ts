import type { StagedEntry } from './list-staged.ts'
import { readPatch, type StagedText } from './read-patch.ts'

export interface StagedDiff {
  entries: StagedEntry[]
  /** Undefined where the diff does not show the text: only line ends differ, or it is too large for git. */
  textOf: (entry: StagedEntry) => StagedText | undefined
}

const nothingNew: StagedText = { bytes: Buffer.alloc(0), added: [], addedBytes: [] }

/**
 * What `git diff-index --cached --patch-with-raw -z --no-abbrev --full-index --unified=…` prints with so much context that
 * whole texts are shown: `:100644 100644 <old> <new> M NUL path NUL` over and over (two paths for a rename), then the
 * diffs. Deleted files, submodules and what is only intended to be added are left out.
 * @param output is overwritten with the texts
 */
export function parseStagedDiff(output: Buffer): StagedDiff {
  const { entries, unchanged, end } = readRaw(output)
  const texts = readPatches(output.subarray(end))
  return { entries, textOf: ({ id }) => texts.get(id) ?? (unchanged.has(id) ? nothingNew : undefined) }
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

/** Object → its text; of one that stands at several paths, with the lines that any of them gets. */
function readPatches(diff: Buffer): Map<string, StagedText> {
  const texts = new Map<string, StagedText>()
  const text = diff.toString('latin1')
  for (let at = text.indexOf('diff --git '); at >= 0 && at < text.length; ) {
    // Between the header and the first hunk, so it is none of the file's own lines.
    const head = text.slice(at, indexOfHunk(text, at))
    const { staged, end } = readPatch(diff, text, at)
    const id = /^index [0-9a-f]+\.\.([0-9a-f]+)/m.exec(head)?.[1]
    const known = id === undefined ? undefined : texts.get(id)
    if (id !== undefined && staged) texts.set(id, known ? addTogether(known, staged) : staged)
    at = end
  }
  return texts
}

function addTogether(one: StagedText, other: StagedText): StagedText {
  const byStart = (a: { from: number }, b: { from: number }) => a.from - b.from
  return {
    bytes: one.bytes,
    added: [...one.added, ...other.added].sort(byStart),
    addedBytes: [...one.addedBytes, ...other.addedBytes].sort(byStart),
  }
}

function indexOfHunk(text: string, from: number): number {
  const at = text.indexOf('\n@@ ', from)
  return at < 0 ? text.length : at
}
