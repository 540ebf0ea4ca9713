import type { PlacedMatch } from '../../findings/collect-findings.ts'
import type { LineRange } from '../../git/line-range.ts'
import type { SearchedFile } from './search-new-file.ts'
import { touchesLines } from './touches-lines.ts'

/** The matches in a file that touch a line which was added or changed; all where lines do not tell. */
export function keepNew(
  { matches, haveLines }: SearchedFile,
  added: readonly LineRange[],
): readonly PlacedMatch[] {
  if (!haveLines) return matches
  return matches.filter(match =>
    touchesLines(match, line => added.some(({ from, to }) => from <= line && line <= to)),
  )
}
