import type { CompiledRule, Program, RegexMatcher } from '../program.ts'

/**
 * A program that finds a part of every match in lines out of their context, each with the line before it, whatever file
 * they are from. What it finds is only a reason to look at the whole text.
 */
export function toLineProgram(program: Program): Program {
  return { ...toOpenProgram(program, inLines), ofLines: true }
}

/** A program that finds every match in a whole text, whatever file it is, and some that its path or neighbours forbid. */
export function toPathlessProgram(program: Program): Program {
  return toOpenProgram(program, rule => {
    const open = openRule(rule)
    return [open.matcher?.kind === 'regex' ? { ...open, matcher: ungated(open.matcher) } : open]
  })
}

/** Whether a rule can only be searched in whole texts: it has no literal, and may go over several lines. */
export function needsWholeTexts({ rules }: Program): boolean {
  return rules.some(
    ({ matcher }) =>
      matcher?.kind === 'regex' && matcher.inLines?.parts?.some(({ anchors }) => anchors.length === 0),
  )
}

/** Whether matches of a rule go over more lines than a line and the one before it. */
export function crossesLines({ matcher }: CompiledRule): boolean {
  return matcher?.kind === 'regex' && matcher.inLines !== undefined
}

/** Most bytes of a match, as far as it is known; what an assignment rule finds is a line or two. */
export function longestMatch({ matcher }: CompiledRule, literals: readonly string[]): number {
  if (matcher?.kind !== 'regex') return 0
  const lengths = matcher.anchors.map(
    ({ literal, before, after }) =>
      (before ?? Infinity) + (literals[literal]?.length ?? 0) + (after ?? Infinity),
  )
  return lengths.length > 0 ? Math.max(...lengths) : Infinity
}

function toOpenProgram(program: Program, open: (rule: CompiledRule) => CompiledRule[]): Program {
  return {
    ...program,
    ofPieces: true,
    rules: program.rules.flatMap(rule => (rule.hidden ? [] : open(rule))),
  }
}

function inLines(rule: CompiledRule): CompiledRule[] {
  const open = openRule(rule)
  if (rule.matcher?.kind !== 'regex') return [open]
  const { whole = rule.matcher, parts = [] } = rule.matcher.inLines ?? {}
  return [{ ...open, matcher: ungated(whole) }, ...parts.map(part => toPart(open, part))]
}

/** Asks for nothing beside the match. */
function openRule({ path: _path, ...rule }: CompiledRule): CompiledRule {
  return { ...rule, required: [], allowlists: [] }
}

/** Found for where it stands: its empty group stands no test, and passes all. */
function toPart(rule: CompiledRule, matcher: RegexMatcher): CompiledRule {
  const { entropy: _entropy, checksum: _checksum, ...rest } = rule
  return { ...rest, matcher: ungated(matcher), secretGroup: 1, confidence: 1, isExact: true }
}

function ungated(matcher: RegexMatcher): RegexMatcher {
  return { ...matcher, gate: [] }
}
