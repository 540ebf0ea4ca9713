import { checksums } from '../engine/checksums/index.ts'
import { createScanner, type Scanner } from '../engine/scanner.ts'
import { buildAutomaton } from '../kernel/build-automaton.ts'
import { createJsKernel } from '../kernel/js-kernel.ts'
import type { Program } from '../program.ts'
import { loadGenericJudge } from './generic-judge.ts'

/** Searches texts for one rule of a program, also when it is not quite sure, or for all of them when no rule is named. */
export function createRuleScanner(program: Program, rule?: string): Scanner['scan'] {
  const kernel = createJsKernel(buildAutomaton(program.literals))
  const isSelected = ({ id }: { id: string }) => rule === undefined || id === rule
  return createScanner(program, kernel, {
    checksums,
    judgeGeneric: loadGenericJudge().judge,
    minConfidence: 0.3,
    isSelected,
  }).scan
}
