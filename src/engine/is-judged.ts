import type { CompiledRule } from '../program.ts'

/** Whether values of the rule have no form of their own, so that a statistical judge decides about them. */
export function isJudged(rule: CompiledRule | undefined): boolean {
  return rule?.matcher?.kind === 'assignment' && rule.matcher.judge !== undefined
}
