import type { CorpusFinding, Row } from './corpus.ts'

export interface Matched {
  /** True rows that a finding met, and those that none met: one a marked range of lines. */
  found: Row[]
  missed: Row[]
  /** Findings that met no true row, one a marked range of lines or else a line, with the row that they met. */
  false: { finding: CorpusFinding; row: Row | undefined }[]
}

/** The rules of score.py's `auto` counting, for the error book; the figures themselves come from score.py. */
export function matchRows(rows: readonly Row[], findings: readonly CorpusFinding[]): Matched {
  const byPath = groupByPath(rows)
  const hit = new Set<string>()
  const wrong = new Map<string, Matched['false'][number]>()
  for (const finding of findings) {
    if (/\/(?:LICENSE|COPYING)/i.test(finding.path)) continue
    const met = (byPath.get(finding.path) ?? []).filter(row => meets(finding, row))
    const truths = met.filter(row => row.truth === 'T')
    for (const row of truths) hit.add(keyOf(row))
    if (truths.length > 0) continue
    const [row] = met
    const key = row ? keyOf(row) : `${finding.path}:${finding.line}:${finding.line}`
    wrong.set(key, { finding, row })
  }
  const positives = new Map<string, Row>()
  for (const row of rows) {
    if (row.truth === 'T' && !positives.has(keyOf(row))) positives.set(keyOf(row), row)
  }
  return {
    found: [...positives].filter(([key]) => hit.has(key)).map(([, row]) => row),
    missed: [...positives].filter(([key]) => !hit.has(key)).map(([, row]) => row),
    false: [...wrong.values()],
  }
}

function groupByPath(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const group = groups.get(row.path)
    if (group) group.push(row)
    else groups.set(row.path, [row])
  }
  return groups
}

function keyOf({ path, firstLine, lastLine }: Row): string {
  return `${path}:${firstLine}:${lastLine}`
}

export function meets({ line, lastLine, start, end }: CorpusFinding, row: Row): boolean {
  if (line > row.lastLine || lastLine < row.firstLine) return false
  if (start === undefined || end === undefined || row.start < 0 || row.firstLine !== row.lastLine) return true
  const beginsBefore = line < row.firstLine || row.end < 0 || start < row.end
  const endsBehind = lastLine > row.lastLine || end > row.start
  return beginsBefore && endsBehind
}
