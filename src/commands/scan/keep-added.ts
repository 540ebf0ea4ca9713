import type { PlacedMatch } from '../../findings/collect-findings.ts'
import type { LineRange } from '../../git/line-range.ts'
import { touchesLines } from './touches-lines.ts'

/** Those that touch one of the lines. */
export function keepAdded(matches: readonly PlacedMatch[], ranges: readonly LineRange[]): PlacedMatch[] {
  return matches.filter(match =>
    touchesLines(match, line => ranges.some(({ from, to }) => from <= line && line <= to)),
  )
}
