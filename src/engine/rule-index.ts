import type { AssignmentMatcher, CompiledRule, Program, RegexMatcher } from '../program.ts'

/** A regex rule searched around one of its literals. */
export interface RegexRole {
  rule: number
  /** Reach in bytes before and after the literal; `Infinity` where the pattern has no bound. */
  before: number
  after: number
}

/** What each literal stands for, indexed by literal id. */
export interface RuleIndex {
  regexRoles: readonly (readonly RegexRole[])[]
  assignmentRoles: readonly (readonly number[])[]
  /** Rules without an anchor: their regex runs on the whole text. */
  unanchored: readonly number[]
  /** A keyword's literal → the rules that it opens. */
  gates: ReadonlyMap<number, readonly number[]>
  isGated(rule: number): boolean
  alphabets: readonly (Uint8Array | undefined)[]
}

export function indexRules(program: Program, isSelected: (rule: CompiledRule) => boolean): RuleIndex {
  const regexRoles: RegexRole[][] = program.literals.map(() => [])
  const assignmentRoles: number[][] = program.literals.map(() => [])
  const gates = new Map<number, number[]>()
  const unanchored: number[] = []
  const alphabets: (Uint8Array | undefined)[] = []
  program.rules.forEach((rule, number) => {
    alphabets.push(rule.matcher?.kind === 'assignment' ? expandAlphabet(rule.matcher) : undefined)
    if (!isSelected(rule)) return
    if (rule.matcher?.kind === 'assignment') {
      for (const literal of rule.matcher.names) assignmentRoles[literal]?.push(number)
    } else if (rule.matcher?.kind === 'regex') {
      indexRegex(rule.matcher, number)
    }
  })

  function indexRegex(matcher: RegexMatcher, rule: number) {
    if (matcher.anchors.length === 0) {
      unanchored.push(rule)
    }
    for (const literal of matcher.gate) gates.set(literal, [...(gates.get(literal) ?? []), rule])
    for (const { literal, before, after } of matcher.anchors) {
      regexRoles[literal]?.push({ rule, before: before ?? Infinity, after: after ?? Infinity })
    }
  }

  function isGated(rule: number): boolean {
    const matcher = program.rules[rule]?.matcher
    return matcher?.kind === 'regex' && matcher.gate.length > 0
  }

  return { regexRoles, assignmentRoles, unanchored, gates, isGated, alphabets }
}

function expandAlphabet(matcher: AssignmentMatcher): Uint8Array {
  const bits = Buffer.from(matcher.alphabet, 'hex')
  return Uint8Array.from({ length: 256 }, (_, byte) => ((bits[byte >> 3] ?? 0) >> (byte & 7)) & 1)
}
