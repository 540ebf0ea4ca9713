import type { CoverageTally } from '../../coverage.ts'
import { detectEncoding } from '../../encoding/detect-encoding.ts'
import { transcode } from '../../encoding/transcode.ts'
import { checksums } from '../../engine/checksums/index.ts'
import type { JudgeGeneric } from '../../engine/judge.ts'
import { createScanner } from '../../engine/scanner.ts'
import { isAllowedByComment, mayHoldAllowComment } from '../../findings/allow-comments.ts'
import type { PlacedMatch } from '../../findings/collect-findings.ts'
import type { Kernel } from '../../kernel/types.ts'
import { type Content, type Match, severities } from '../../model.ts'
import type { CompiledRule, Program } from '../../program.ts'
import { createProcessorClock, monotonicMs } from '../../system/clock.ts'
import { loadGenericJudge } from '../generic-judge.ts'
import { createPathMatcher } from './match-path.ts'
import type { ScanOptions } from './options.ts'

export type Selection = Pick<
  ScanOptions,
  | 'only'
  | 'skip'
  | 'minSeverity'
  | 'minConfidence'
  | 'allowComments'
  | 'maxDecodeDepth'
  | 'timeout'
  | 'staged'
  | 'explain'
>

/** The lines of so many are sooner read than a whole content. */
const FEW_MATCHES = 8

/**
 * Searches one content after another: matches with their place, and whether a comment allows them.
 * @param judgeGeneric decides about values without a form of their own
 */
export function createContentScanner(
  program: Program,
  kernel: Kernel,
  selection: Selection,
  coverage: Pick<CoverageTally, 'skip'>,
  judgeGeneric: JudgeGeneric = loadGenericJudge(selection.minConfidence).judge,
) {
  const scanner = createScanner(program, kernel, {
    checksums,
    judgeGeneric,
    ...(selection.explain ? { explainGeneric: loadGenericJudge().explain } : {}),
    // One thread, and perhaps little of a processor: a hook runs beside a build.
    clock: selection.staged ? createProcessorClock() : monotonicMs,
    timeout: selection.timeout * 1000,
    minConfidence: selection.minConfidence,
    ...(selectsAll(selection) ? {} : { isSelected: rule => isSelected(rule, selection) }),
    decoding: { depth: selection.maxDecodeDepth },
    skipped: (reason, { path, bytes }) => coverage.skip(reason, path, bytes.length),
  })
  const matchPath = createPathMatcher(program, rule => isSelected(rule, selection))
  return function scanContent(content: Content): PlacedMatch[] {
    const named = matchPath(content)
    const matches = scanner.scan(content)
    if (matches.length === 0) return named
    const { bytes, fromSource } = readText(content)
    const mayBeAllowed =
      selection.allowComments && (matches.length <= FEW_MATCHES || mayHoldAllowComment(bytes))
    const found = matches.map(match => ({
      ...match,
      place: { ...content.origin, ...match.span },
      path: content.path,
      state: mayBeAllowed && isAllowed(match) ? ('allowed' as const) : ('new' as const),
    }))
    return named.length === 0 ? found : [...named, ...found]

    function isAllowed({ start, end, rule }: Match): boolean {
      return isAllowedByComment(bytes, fromSource(start), fromSource(end), program.rules[rule]?.id ?? '')
    }
  }
}

function readText({ bytes, encoding = detectEncoding(bytes) }: Content) {
  const text = encoding && transcode(bytes, encoding)
  const { buffer, byteOffset, length } = text?.bytes ?? bytes
  return {
    bytes: Buffer.from(buffer, byteOffset, length),
    fromSource: text?.fromSource ?? ((offset: number) => offset),
  }
}

function selectsAll({ only, skip, minSeverity }: Selection): boolean {
  return only.length === 0 && skip.length === 0 && minSeverity === severities[0]
}

function isSelected({ id, severity }: CompiledRule, { only, skip, minSeverity }: Selection): boolean {
  if (only.length && !only.includes(id)) return false
  return !skip.includes(id) && severities.indexOf(severity) >= severities.indexOf(minSeverity)
}
