import { severities } from '../model.ts'
import type { ProjectFacts } from './facts.ts'
import type { HygieneRule, Problem } from './problem.ts'

/** Asks the rules; gravest first, then by place. */
export function findProblems(project: ProjectFacts, rules: Readonly<Record<string, HygieneRule>>): Problem[] {
  return Object.entries(rules)
    .flatMap(([rule, { check }]) => check(project).map(problem => ({ rule, ...problem })))
    .sort(
      (a, b) =>
        severities.indexOf(b.severity) - severities.indexOf(a.severity) ||
        compare(a.path, b.path) ||
        (a.line ?? 0) - (b.line ?? 0) ||
        compare(a.rule, b.rule),
    )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
