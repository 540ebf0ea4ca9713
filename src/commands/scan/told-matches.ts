import type { PlacedMatch } from '../../findings/collect-findings.ts'
import { nameMatches } from '../../findings/name-matches.ts'
import type { Program } from '../../program.ts'

/** The name of a finding, never a value, and a file of the git directory or the name of a ref that it was reported at. */
type Told = string

/**
 * What is news among matches in files of the git directory and in names of refs: such a file grows, and what stood in it
 * before is read with it again.
 * @param earlier what was reported before
 * @param isRead whether the file, or the name of the ref, was searched this time
 */
export function selectUntold(
  matches: readonly PlacedMatch[],
  program: Program,
  earlier: readonly Told[],
  isRead: (path: string) => boolean,
): { news: PlacedMatch[]; told: Told[] } {
  const known = new Set(earlier)
  const now = nameMatches(matches, program).map(({ fingerprint, path }) => `${fingerprint} ${path}`)
  const kept = earlier.filter(told => !isRead(told.slice(told.indexOf(' ') + 1)))
  return {
    news: matches.filter((_, i) => !known.has(now[i] ?? '')),
    told: [...new Set([...kept, ...now])].sort(),
  }
}
