import type { CompiledRule, Program, RegexMatcher } from '../program.ts'

/**
 * A program that finds a part of every match in lines out of their context, each with the line before it, whatever file
 * they are from. What it finds is only a reason to look at the whole text.
 */
export function toLineProgram(program: Program): Program {
  return {
    ...program,
    ofLines: true,
    rules: program.rules.flatMap(rule => (rule.hidden ? [] : inLines(rule))),
  }
}

/** Whether a rule can only be searched in whole texts: it has no literal, and may go over several lines. */
export function needsWholeTexts({ rules }: Program): boolean {
  return rules.some(
    ({ matcher }) =>
      matcher?.kind === 'regex' && matcher.inLines?.parts?.some(({ anchors }) => anchors.length === 0),
  )
}

function inLines(rule: CompiledRule): CompiledRule[] {
  const { path: _path, ...rest } = rule
  const open: CompiledRule = { ...rest, required: [], allowlists: [] }
  if (rule.matcher?.kind !== 'regex') return [open]
  const { whole = rule.matcher, parts = [] } = rule.matcher.inLines ?? {}
  return [{ ...open, matcher: ungated(whole) }, ...parts.map(part => toPart(open, part))]
}

/** Found for where it stands: its empty group stands no test, and passes all. */
function toPart(rule: CompiledRule, matcher: RegexMatcher): CompiledRule {
  const { entropy: _entropy, checksum: _checksum, ...rest } = rule
  return { ...rest, matcher: ungated(matcher), secretGroup: 1, confidence: 1, isExact: true }
}

function ungated(matcher: RegexMatcher): RegexMatcher {
  return { ...matcher, gate: [] }
}
