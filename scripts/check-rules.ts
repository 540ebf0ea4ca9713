/**
 * Checks built-in patterns with recheck (https://makenowjust-labs.github.io/recheck/): that no text makes a backtracking
 * engine take more than polynomial time. By default those for which our own bound (src/regex/count-steps.ts) is high;
 * `--all` takes many minutes.
 *
 *   npm run check:rules [-- --all]
 */
import { checkSync, type Diagnostics } from 'recheck'
import { readBuiltInRules } from '../src/commands/rule-files.ts'
import { countSteps, parsePattern, printPattern } from '../src/regex/index.ts'

/** Of an attempt at one place; below, an attempt takes a millisecond at most. */
const HARMLESS = 1e6
const TIMEOUT_MS = 60_000

const all = process.argv.includes('--all')
let checked = 0
let failed = 0
for (const { file } of readBuiltInRules()) {
  for (const { id, regex } of file.rules) {
    if (regex === undefined) continue
    const pattern = parsePattern(regex, 're2')
    const steps = countSteps(pattern)
    if (steps < HARMLESS && !all) continue
    checked++
    // An attempt begins at a place that the rule's literal tells.
    const diagnosis = checkSync(`^(?:${printPattern(pattern.node)})`, '', {
      timeout: TIMEOUT_MS,
    })
    if (diagnosis.status === 'vulnerable') failed++
    console.log(`${id}: at most ${steps.toExponential(1)} steps, ${describe(diagnosis)}`)
  }
}
console.log(`${checked} patterns checked, ${failed} of them vulnerable`)
process.exitCode = failed > 0 ? 1 : 0

function describe(diagnosis: Diagnostics): string {
  return diagnosis.status === 'unknown' ? 'unknown' : diagnosis.complexity.summary
}
