import { createHash } from 'node:crypto'
import type { AssignmentMatcher, CompiledRule, LineMatchers, Program, RegexMatcher } from '../program.ts'

/** One program out of two. A rule of `second` replaces one of `first` with the same id, so that users can correct ours. */
export function mergePrograms(first: Program, second: Program): Program {
  const literals = mergeTables(first.literals, second.literals)
  const classes = mergeTables(first.classes, second.classes)
  const renumber: Renumber = {
    literal: id => literals.idOf[id] ?? id,
    class: id => classes.idOf[id] ?? id,
  }
  const replaced = new Set(second.rules.map(({ id }) => id))
  const rules = [
    ...first.rules.filter(({ id }) => !replaced.has(id)),
    ...second.rules.map(rule => renumberRule(rule, renumber)),
  ]
  const hash = createHash('sha256').update(first.hash).update(second.hash).digest('hex').slice(0, 32)
  const exhaustive = [...(first.exhaustive ?? []), ...(second.exhaustive ?? [])]
  return {
    version: 1,
    hash,
    rules,
    literals: literals.merged,
    classes: classes.merged,
    ...(exhaustive.length ? { exhaustive } : {}),
  }
}

/** The first table with what only the second has behind it, and for each id of the second its new one. */
function mergeTables(first: readonly string[], second: readonly string[]) {
  const merged = [...first]
  const ids = new Map(merged.map((entry, id) => [entry, id]))
  const idOf = second.map(entry => ids.get(entry) ?? merged.push(entry) - 1)
  return { merged, idOf }
}

interface Renumber {
  literal(id: number): number
  class(id: number): number
}

function renumberRule(rule: CompiledRule, to: Renumber): CompiledRule {
  if (rule.matcher?.kind === 'assignment') return { ...rule, matcher: renumberNames(rule.matcher, to) }
  if (rule.matcher?.kind === 'regex') return { ...rule, matcher: renumberRegex(rule.matcher, to) }
  return rule
}

function renumberNames(matcher: AssignmentMatcher, to: Renumber): AssignmentMatcher {
  const { names, ends } = matcher
  return { ...matcher, names: names.map(to.literal), ...(ends && { ends: ends.map(to.literal) }) }
}

function renumberRegex(matcher: RegexMatcher, to: Renumber): RegexMatcher {
  const { shape, inLines } = matcher
  return {
    ...matcher,
    ...(inLines && { inLines: renumberLines(inLines, to) }),
    shape: {
      ...shape,
      lead: renumberRuns(shape.lead, to),
      ...(shape.guard === undefined ? {} : { guard: to.class(shape.guard) }),
      members: to.class(shape.members),
    },
    gate: matcher.gate.map(to.literal),
    anchors: matcher.anchors.map(anchor => ({
      ...anchor,
      literal: to.literal(anchor.literal),
      tail: renumberRuns(anchor.tail, to),
    })),
  }
}

/** Classes stand at the even places, counts at the odd ones. */
function renumberRuns(runs: readonly number[], to: Renumber): number[] {
  return runs.map((entry, at) => (at % 2 === 0 ? to.class(entry) : entry))
}

function renumberLines({ whole, parts }: LineMatchers, to: Renumber): LineMatchers {
  return {
    ...(whole && { whole: renumberRegex(whole, to) }),
    ...(parts && { parts: parts.map(part => renumberRegex(part, to)) }),
  }
}
