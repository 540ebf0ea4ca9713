import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readBuiltInRules } from '../../src/commands/rule-files.ts'
import { checksums } from '../../src/engine/checksums/index.ts'
import { decoderLiterals } from '../../src/engine/decoding/index.ts'
import { createHitFilter } from '../../src/engine/hit-filter.ts'
import type { JudgeGeneric } from '../../src/engine/judge.ts'
import { createScanner, type ScannerOptions } from '../../src/engine/scanner.ts'
import { compileKernel, loadKernel } from '../../src/kernel/load-kernel.ts'
import { compileProgram } from '../../src/rules/compile-program.ts'
import { buildRuleAutomaton } from '../../src/rules/rule-automaton.ts'
import { readBuilt } from '../../src/system/assets.ts'
import { type CorpusFinding, listFiles } from './corpus.ts'

const MAX_FILE = 20e6

interface CorpusScan {
  /** Judges generic values of a file. */
  judgeFor: (path: string) => JudgeGeneric
  scanner?: ScannerOptions
  /** Is told after each file. */
  scanned?: (path: string, bytes: Buffer) => void
}

/** Searches the corpus as `stanch scan` does, with a judge of generic values that may differ from path to path. */
export function scanCorpus(
  root: string,
  { judgeFor, scanner: options, scanned }: CorpusScan,
): CorpusFinding[] {
  const program = compileProgram(readBuiltInRules(), decoderLiterals)
  let judgeGeneric: JudgeGeneric = () => 1
  const kernel = loadKernel(buildRuleAutomaton(program), compileKernel(readBuilt('search.wasm')), {
    filter: createHitFilter(program),
  })
  const scanner = createScanner(program, kernel, {
    checksums,
    judgeGeneric: candidate => judgeGeneric(candidate),
    ...options,
  })
  return listFiles(root).flatMap(path => {
    const bytes = readFileSync(join(root, path))
    if (bytes.length > MAX_FILE) return []
    judgeGeneric = judgeFor(path)
    const matches = scanner.scan({ bytes, path, origin: { kind: 'file', path, tracked: true } })
    scanned?.(path, bytes)
    const toColumn = columnsOf(bytes)
    return matches.map(({ span, rule, confidence }) => ({
      path,
      line: span.line,
      lastLine: span.endLine,
      start: toColumn(span.line, span.column),
      end: toColumn(span.endLine, span.endColumn),
      rule: program.rules[rule]?.id ?? '',
      confidence,
    }))
  })
}

/** Our columns count UTF-16 units from 1, the markup's code points from 0. */
export function columnsOf(bytes: Buffer): (line: number, column: number) => number {
  let lines: string[] | undefined
  return (line, column) => {
    lines ??= bytes.toString('utf8').split('\n')
    return Array.from(lines[line - 1]?.slice(0, column - 1) ?? '').length
  }
}
