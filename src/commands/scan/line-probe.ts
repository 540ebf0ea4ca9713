import { CoverageTally } from '../../coverage.ts'
import { createHitFilter } from '../../engine/hit-filter.ts'
import { needsWholeTexts, toLineProgram } from '../../engine/line-program.ts'
import { loadKernel } from '../../kernel/load-kernel.ts'
import type { Automaton } from '../../kernel/types.ts'
import type { Content } from '../../model.ts'
import type { Program } from '../../program.ts'
import { toWholeProgram } from '../../rules/lazy-rules.ts'
import type { Probe } from '../../sources/history/probe.ts'
import { loadGenericJudge } from '../generic-judge.ts'
import { createContentScanner, type Selection } from './content-scanner.ts'

/** Rules look at bare values in one way in code, and in another in other files. */
const kindsOfPath = ['lines.txt', 'lines.c']

/** Searches lines by rules that ask for nothing around them. */
export function createLineProbe(
  program: Program,
  automaton: Automaton,
  module: WebAssembly.Module | undefined,
  selection: Selection,
): Probe {
  const whole = toWholeProgram(program)
  const lineProgram = toLineProgram(whole)
  const kernel = loadKernel(automaton, module, { filter: createHitFilter(lineProgram) })
  const scan = createContentScanner(
    lineProgram,
    kernel,
    { ...selection, allowComments: false },
    // What is skipped here is skipped again, and counted, when the text is looked at whole.
    new CoverageTally(),
    loadGenericJudge().judgeAnywhere,
  )
  return { probeLines, probeBinary, needsWholeTexts: needsWholeTexts(whole) || hasPathRules(whole) }

  function* probeLines(lines: Uint8Array): Generator<readonly [number, number]> {
    for (const path of kindsOfPath) {
      for (const { start, end } of scan(toContent(lines, path))) yield [start > 0 ? start - 1 : 0, end + 1]
    }
  }

  function probeBinary(bytes: Uint8Array): boolean {
    return kindsOfPath.some(path => scan(toContent(bytes, path)).length > 0)
  }
}

/** Rules that look at nothing but the path find files that no line of theirs gives away. */
function hasPathRules({ rules }: Program): boolean {
  return rules.some(({ matcher, path }) => !matcher && path !== undefined)
}

function toContent(bytes: Uint8Array, path: string): Content {
  return { bytes, path, origin: { kind: 'file', path, tracked: false } }
}
