/**
 * Unified diffs as git, diff, Mercurial and Subversion write them, and git's combined diffs of merges. Lines are counted as
 * the hunks' headers announce, so that no line of a file (`++ b/x`, `--- y`) can be taken for a header.
 */
export interface PatchHunk {
  /** New path, as bytes; undefined when the patch does not name the file. */
  path?: Buffer
  /** The new text of the hunk: context and added lines. */
  text: Buffer
  /** Line in the new file where `text` begins. */
  firstLine: number
  /** Lines of the new file that the patch adds. */
  added: ReadonlySet<number>
}

export interface Patch {
  hunks: PatchHunk[]
  /** Files whose content the patch holds, or withholds, in a form that cannot be searched. */
  binary: Buffer[]
  /** Whether there was anything of a patch in it, be it only a header. */
  isPatch: boolean
}

export function parsePatch(bytes: Buffer): Patch {
  const patch: Patch = { hunks: [], binary: [], isPatch: false }
  let old: Buffer | undefined
  let path: Buffer | undefined
  for (let at = 0; at < bytes.length; ) {
    const end = lineEnd(bytes, at)
    const line = bytes.subarray(at, end)
    const start = line.toString('latin1', 0, 200)
    at = end
    if (/^(?:diff |Index: |commit [0-9a-f]{7}|From [0-9a-f]{40} )/.test(start)) {
      patch.isPatch = true
      old = undefined
      path = start.startsWith('diff --git ') ? pathOfGitHeader(trimEnd(line)) : undefined
    } else if (start.startsWith('--- ')) {
      old = readName(line.subarray(4))
    } else if (start.startsWith('+++ ')) {
      patch.isPatch = true
      path = withoutPrefix(readName(line.subarray(4)), old)
    } else if (/^(?:rename|copy) to /.test(start)) {
      path = readName(line.subarray(start.indexOf(' to ') + 4))
    } else if (/^(?:Binary files |GIT binary patch)/.test(start)) {
      patch.binary.push(path ?? Buffer.from('a file'))
    } else {
      const hunk = readHeader(start)
      if (!hunk) continue
      patch.isPatch = true
      const body = readBody(bytes, at, hunk)
      at = body.end
      patch.hunks.push({
        ...(path ? { path } : {}),
        firstLine: hunk.line,
        text: body.text,
        added: body.added,
      })
    }
  }
  return patch
}

interface HunkHeader {
  /** Of the new file. */
  line: number
  olds: number[]
  count: number
}

/** `@@ -1,2 +3,4 @@`, or with an `@` and an old side more for each parent of a merge. */
function readHeader(line: string): HunkHeader | undefined {
  const header = /^(@@+)((?: -\d+(?:,\d+)?)+) \+(\d+)(?:,(\d+))? \1/.exec(line)
  if (!header?.[1] || !header[2]) return undefined
  const olds = [...header[2].matchAll(/-\d+(?:,(\d+))?/g)].map(([, count]) => Number(count ?? 1))
  if (olds.length !== header[1].length - 1) return undefined
  return { line: Number(header[3]), olds, count: Number(header[4] ?? 1) }
}

function readBody(bytes: Buffer, from: number, { line, olds, count }: HunkHeader) {
  const columns = olds.length
  const lines: Buffer[] = []
  const added = new Set<number>()
  const left = [...olds]
  let at = from
  while (at < bytes.length && (lines.length < count || left.some(number => number > 0))) {
    const end = lineEnd(bytes, at)
    const text = bytes.subarray(at, end)
    // Mailers strip the blank of an empty context line.
    const marks =
      text.length <= 1 || text[0] === 13 ? ' '.repeat(columns) : text.toString('latin1', 0, columns)
    if (marks.startsWith('\\')) {
      at = end
      continue
    }
    if (!/^[ +-]+$/.test(marks)) break
    const isNew = !marks.includes('-')
    if (isNew && lines.length >= count) break
    if (isNew && marks.includes('+')) added.add(line + lines.length)
    for (let i = 0; i < columns; i++) if (marks[i] !== '+') left[i] = (left[i] ?? 0) - 1
    if (isNew) lines.push(text.length <= 1 ? text : text.subarray(columns))
    at = end
  }
  return { end: at, text: Buffer.concat(lines), added }
}

/** `diff --git a/x b/x`: right where both names are the same; `+++` and `rename to` say it better. */
function pathOfGitHeader(line: Buffer): Buffer | undefined {
  const names = line.subarray('diff --git '.length)
  const quoted = /^"(?:[^"\\]|\\.)*" (".*")$/.exec(names.toString('latin1'))
  if (quoted?.[1]) return withoutFirstPart(unquote(Buffer.from(quoted[1], 'latin1')))
  const half = (names.length - 1) / 2
  if (!Number.isInteger(half)) return undefined
  return withoutFirstPart(names.subarray(half + 1))
}

function withoutFirstPart(name: Buffer): Buffer {
  return name[1] === 47 ? name.subarray(2) : name
}

/** Behind the name there may be a tab and a time, or a revision. */
function readName(rest: Buffer): Buffer {
  const line = trimEnd(rest)
  if (line[0] === 34) return unquote(line)
  const tab = line.indexOf(9)
  return tab < 0 ? line : line.subarray(0, tab)
}

/** `a/x` → `b/x`, git's `i/` → `w/` and so on: only where both sides have such a letter. */
function withoutPrefix(name: Buffer, old: Buffer | undefined): Buffer | undefined {
  const text = name.toString('latin1')
  if (text === '/dev/null') return undefined
  const before = old?.toString('latin1')
  const hasPrefix =
    /^[biwco2]\//.test(text) && (before === undefined || /^[aiwco1]\/|^\/dev\/null$/.test(before))
  return hasPrefix ? name.subarray(2) : name
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
}

/** A name in C quotes, as git writes one that holds unusual bytes. */
function unquote(quoted: Buffer): Buffer {
  const inner = quoted.toString('latin1').replace(/^"/, '').replace(/"$/, '')
  const text = inner.replace(/\\(?:([0-7]{3})|(.))/g, (_, octal: string | undefined, character: string) =>
    octal ? String.fromCharCode(Number.parseInt(octal, 8) & 255) : (escapes[character] ?? character),
  )
  return Buffer.from(text, 'latin1')
}

function trimEnd(line: Buffer): Buffer {
  let end = line.length
  while (end > 0 && (line[end - 1] === 10 || line[end - 1] === 13)) end--
  return line.subarray(0, end)
}

/** Past the newline. */
function lineEnd(bytes: Buffer, from: number): number {
  const newline = bytes.indexOf(10, from)
  return newline < 0 ? bytes.length : newline + 1
}
