import { createHash } from 'node:crypto'
import type { CompiledRule, Program, RegexMatcher } from '../program.ts'

/** One program out of two. A rule of `second` replaces one of `first` with the same id, so that users can correct ours. */
export function mergePrograms(first: Program, second: Program): Program {
  const literals = [...first.literals]
  const ids = new Map(literals.map((literal, id) => [literal, id]))
  const renumber = second.literals.map(literal => {
    const known = ids.get(literal)
    if (known !== undefined) return known
    ids.set(literal, literals.length)
    return literals.push(literal) - 1
  })
  const replaced = new Set(second.rules.map(({ id }) => id))
  const rules = [
    ...first.rules.filter(({ id }) => !replaced.has(id)),
    ...second.rules.map(rule => renumberRule(rule, renumber)),
  ]
  const hash = createHash('sha256').update(first.hash).update(second.hash).digest('hex').slice(0, 32)
  return { version: 1, hash, rules, literals }
}

function renumberRule(rule: CompiledRule, renumber: readonly number[]): CompiledRule {
  const to = (id: number) => renumber[id] ?? id
  if (rule.matcher?.kind === 'assignment')
    return { ...rule, matcher: { ...rule.matcher, names: rule.matcher.names.map(to) } }
  if (rule.matcher?.kind === 'regex') return { ...rule, matcher: renumberRegex(rule.matcher, to) }
  return rule
}

function renumberRegex(matcher: RegexMatcher, to: (id: number) => number): RegexMatcher {
  return {
    ...matcher,
    gate: matcher.gate.map(to),
    anchors: matcher.anchors.map(anchor => ({ ...anchor, literal: to(anchor.literal) })),
  }
}
