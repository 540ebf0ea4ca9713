import type { RegexMatcher, RuleAnchor } from '../program.ts'
import { type Anchor, fixedPrefix, parsePattern, printPattern, requiredAnchors } from '../regex/index.ts'
import type { LiteralTable } from './literal-table.ts'

export interface RegexRule {
  regex: string
  keywords: readonly string[]
  /** Most bytes of a match on a side of its literal where the pattern has no bound. */
  reach?: number | undefined
}

export interface CompiledRegex {
  matcher: RegexMatcher
  groups: number
  fixedPrefix: boolean
}

/**
 * A pattern with its anchors, which come from the pattern and not from the rule's keywords: a keyword far from the
 * match, or missing in some matches, would lose them. Without an anchor the pattern runs on whole texts that hold a keyword.
 * @throws UserError for a pattern that is not RE2 syntax
 */
export function compileRegex({ regex, keywords, reach }: RegexRule, table: LiteralTable): CompiledRegex {
  const pattern = parsePattern(regex, 're2')
  const own = requiredAnchors(pattern, { minLength: 3 })
  return {
    matcher: {
      kind: 'regex',
      source: printPattern(pattern.node),
      anchors: (own ?? []).map(anchor => toRuleAnchor(anchor, reach, table)),
      gate: keywords.map(keyword => table.idOf(keyword)),
    },
    groups: pattern.groups,
    fixedPrefix: (fixedPrefix(pattern)?.length ?? 0) >= 4,
  }
}

function toRuleAnchor(
  { literal, before, after }: Anchor,
  reach: number | undefined,
  table: LiteralTable,
): RuleAnchor {
  return { literal: table.idOf(literal), before: bound(before, reach), after: bound(after, reach) }
}

/** The pattern's own bound, else the rule's, else none: JSON has no infinity. */
function bound(width: number, reach: number | undefined): number | null {
  return Number.isFinite(width) ? width : (reach ?? null)
}
