import { runDecoders } from '../../engine/decoding/index.ts'
import { createHitFilter } from '../../engine/hit-filter.ts'
import {
  crossesLines,
  longestMatch,
  needsWholeTexts,
  toLineProgram,
  toPathlessProgram,
} from '../../engine/line-program.ts'
import { NEAR } from '../../git/mark-trace.ts'
import type { Reach } from '../../git/unique-text.ts'
import { loadKernel } from '../../kernel/load-kernel.ts'
import type { Kernel } from '../../kernel/types.ts'
import type { Content, Match, SkipReason } from '../../model.ts'
import type { Program } from '../../program.ts'
import { toWholeProgram } from '../../rules/lazy-rules.ts'
import type { Probe } from '../../sources/history/probe.ts'
import { loadGenericJudge } from '../generic-judge.ts'
import { createContentScanner, type Selection } from './content-scanner.ts'
import type { LoadedRules } from './load-rules.ts'

/** Within a line that is no longer than this all is near. */
const SHORT_LINE = 4096

/** Searches lines by rules that ask for nothing around them. */
export function createLineProbe(
  loaded: Pick<LoadedRules, 'program' | 'automaton'>,
  module: WebAssembly.Module | undefined,
  selection: Selection,
): Probe & { rest(): void } {
  const whole = toWholeProgram(loaded.program)
  const lineProgram = toLineProgram(whole)
  const pathlessProgram = toPathlessProgram(whole)
  let searches: ReturnType<typeof createSearches> | undefined
  const searchLines = (content: Content) => open().lines(content)
  const searchText = (content: Content) => open().text(content)
  const isFar = createFarTest(whole, lineProgram)
  const reachOf = (match: Match, lines: Uint8Array) =>
    match.isOpening ? 'opening' : isFar(match, lines) ? 'far' : 'near'
  return {
    probeLines,
    probeText,
    probeBinary,
    needsWholeTexts: needsWholeTexts(whole) || hasPathRules(whole),
    /** Gives memory back until something is searched again. */
    rest() {
      searches = undefined
    },
  }

  function* probeLines(lines: Uint8Array): Generator<readonly [number, number, Reach]> {
    const { matches, isStopped } = searchLines({ ...toContent(lines), isText: true })
    // What is not searched to its end may hold anything.
    if (isStopped) yield [0, lines.length, 'far']
    for (const match of matches) yield [Math.max(0, match.start - 1), match.end + 1, reachOf(match, lines)]
  }

  function probeText(text: Uint8Array): boolean {
    const { matches, isStopped } = searchText({ ...toContent(text), isText: true })
    return isStopped || matches.length > 0
  }

  function probeBinary(bytes: Uint8Array): boolean {
    const { matches, isStopped } = searchLines(toContent(bytes))
    return isStopped || matches.length > 0
  }

  /** Takes a while: another thread may already read meanwhile. */
  function open() {
    searches ??= createSearches()
    return searches
  }

  function createSearches() {
    const rules = [...lineProgram.rules, ...pathlessProgram.rules]
    const kernel = loadKernel(loaded.automaton, module, {
      filter: createHitFilter({ ...lineProgram, rules }),
    })
    return {
      // Of lines out of their context it says nothing that one of them is packed deeper than others are unpacked.
      lines: createSearch(kernel, lineProgram, ['timeout']),
      text: createSearch(kernel, pathlessProgram, ['timeout', 'decode-limit']),
    }
  }

  function createSearch(kernel: Kernel, program: Program, reasons: readonly SkipReason[]) {
    let isStopped = false
    const scan = createContentScanner(
      program,
      kernel,
      { ...selection, allowComments: false },
      {
        // Counted when the text is looked at whole.
        skip(reason) {
          isStopped ||= reasons.includes(reason)
        },
      },
      loadGenericJudge().judgeAnywhere,
    )
    return (content: Content) => {
      isStopped = false
      const matches: readonly Match[] = scan(content)
      return { matches, isStopped }
    }
  }
}

/** Whether what a match in lines is part of depends on more than `NEAR` bytes around it. */
function createFarTest({ rules, literals }: Program, lineProgram: Program) {
  const isLong = new Set<string>()
  const isAcross = new Set<string>()
  for (const rule of rules) {
    if (longestMatch(rule, literals) > NEAR) isLong.add(rule.id)
    if (crossesLines(rule)) isAcross.add(rule.id)
  }
  return ({ rule, start, end, decoded }: Match, lines: Uint8Array): boolean => {
    // What base64 stands for depends on where it begins.
    if (decoded.some(decoder => decoder in runDecoders)) return true
    const id = lineProgram.rules[rule]?.id ?? ''
    return isLong.has(id) && (isAcross.has(id) || lineLength(lines, start, end) > SHORT_LINE)
  }
}

function lineLength(lines: Uint8Array, start: number, end: number): number {
  const from = start > 0 ? lines.lastIndexOf(10, start - 1) : -1
  const to = lines.indexOf(10, end)
  return (to < 0 ? lines.length : to) - from - 1
}

/** Rules that look at nothing but the path find files that no line of theirs gives away. */
function hasPathRules({ rules }: Program): boolean {
  return rules.some(({ matcher, path }) => !matcher && path !== undefined)
}

/** Nobody knows what the file is called. */
function toContent(bytes: Uint8Array): Content {
  const path = ''
  return { bytes, path, origin: { kind: 'file', path, tracked: false } }
}
