/**
 * JSON report on standard input → one line a place, as the scorers of the measuring corpora read it: lines from 1,
 * columns from 0 in code points, end exclusive.
 *
 *   stanch scan --format json DIR | npx tsx bench/quality/findings-lines.ts
 */
import { readFileSync } from 'node:fs'

interface Finding {
  rule: string
  provider: string
  places: { path: string; line: number; column: number; endLine: number; endColumn: number }[]
}

const { findings }: { findings: Finding[] } = JSON.parse(readFileSync(0, 'utf8'))
for (const { rule, provider, places } of findings) {
  for (const { path, line, column, endLine, endColumn } of places) {
    console.log(
      JSON.stringify({
        path,
        line,
        line_end: endLine,
        start: column - 1,
        end: endColumn - 1,
        rule,
        provider,
      }),
    )
  }
}
