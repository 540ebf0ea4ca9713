import type { CompiledRule, RequiredNeighbour } from '../program.ts'
import type { Candidate } from './candidate.ts'

/** Keeps a candidate whose rule asks for neighbours only where each was found near enough. */
export function keepAccompanied(
  candidates: readonly Candidate[],
  rules: readonly CompiledRule[],
  bytes: Uint8Array,
): Candidate[] {
  const isLoner = (candidate: Candidate) => (rules[candidate.rule]?.required.length ?? 0) > 0
  if (!candidates.some(isLoner)) return [...candidates]
  const places = placeAll(candidates, rules, bytes)
  return candidates.filter(candidate =>
    (rules[candidate.rule]?.required ?? []).every(need =>
      isNear(places.of(candidate), places.ofRule(need.rule), need),
    ),
  )
}

/** Line (from 0) and column in bytes. */
interface Place {
  line: number
  column: number
}

interface Places {
  of(candidate: Candidate): Place
  /** Line → columns in ascending order; columns of all lines under `all`. */
  ofRule(id: string): ReadonlyMap<number | 'all', number[]>
}

function placeAll(
  candidates: readonly Candidate[],
  rules: readonly CompiledRule[],
  bytes: Uint8Array,
): Places {
  const known = new Map<Candidate, Place>()
  const byRule = new Map<string, Map<number | 'all', number[]>>()
  const placeOf = createPlaceFinder(bytes)
  for (const candidate of [...candidates].sort((a, b) => a.start - b.start)) {
    const place = placeOf(candidate.start)
    known.set(candidate, place)
    const id = rules[candidate.rule]?.id ?? ''
    const lines = byRule.get(id) ?? new Map<number | 'all', number[]>()
    byRule.set(id, lines)
    addTo(lines, place.line, place.column)
    addTo(lines, 'all', place.column)
  }
  for (const lines of byRule.values()) for (const columns of lines.values()) columns.sort((a, b) => a - b)
  return {
    of: candidate => known.get(candidate) ?? { line: 0, column: 0 },
    ofRule: id => byRule.get(id) ?? new Map(),
  }
}

/** For offsets in ascending order. */
function createPlaceFinder(bytes: Uint8Array): (offset: number) => Place {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  let line = 0
  let lineStart = 0
  let newline = text.indexOf(10)
  return offset => {
    while (newline >= 0 && newline < offset) {
      line++
      lineStart = newline + 1
      newline = text.indexOf(10, lineStart)
    }
    return { line, column: offset - lineStart }
  }
}

function addTo(lines: Map<number | 'all', number[]>, line: number | 'all', column: number): void {
  const columns = lines.get(line)
  if (columns) columns.push(column)
  else lines.set(line, [column])
}

function isNear(
  { line, column }: Place,
  others: ReadonlyMap<number | 'all', number[]>,
  { withinLines, withinColumns }: RequiredNeighbour,
): boolean {
  if (withinLines === undefined) return holdsNear(others.get('all'), column, withinColumns)
  // Whichever are fewer, the lines in reach or the lines that hold one.
  if (withinLines * 2 < others.size) {
    for (let at = line - withinLines; at <= line + withinLines; at++) {
      if (holdsNear(others.get(at), column, withinColumns)) return true
    }
    return false
  }
  return [...others].some(
    ([at, columns]) =>
      at !== 'all' && Math.abs(at - line) <= withinLines && holdsNear(columns, column, withinColumns),
  )
}

/** Whether one of the columns is at most `within` away. */
function holdsNear(columns: readonly number[] | undefined, column: number, within = Infinity): boolean {
  if (!columns) return false
  let low = 0
  let high = columns.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((columns[middle] ?? 0) < column) low = middle + 1
    else high = middle
  }
  return [columns[low - 1], columns[low]].some(
    other => other !== undefined && Math.abs(other - column) <= within,
  )
}
