import type { CompiledRule, Program, RegexMatcher } from '../program.ts'
import { expandClasses } from './byte-classes.ts'

/** A regex rule searched around one of its literals. */
export interface RegexRole {
  rule: number
  /** Reach in bytes before and after the literal; `Infinity` where the pattern has no bound. */
  before: number
  leastBefore: number
  after: number
  /** What follows the literal, see `RuleAnchor`. */
  tail: readonly number[]
  /** Worth a search in binary content. */
  inBinary: boolean
}

/** What each literal stands for, indexed by literal id; undefined where it stands for nothing of the kind. */
export interface RuleIndex {
  regexRoles: readonly (readonly RegexRole[] | undefined)[]
  assignmentRoles: readonly (readonly number[] | undefined)[]
  /** Rules without an anchor: their regex runs on the whole text. */
  unanchored: readonly number[]
  /** The rules that a keyword's literal opens. */
  gates: readonly (readonly number[] | undefined)[]
  isGated(rule: number): boolean
  alphabets: readonly (Uint8Array | undefined)[]
}

export function indexRules(program: Program, isSelected: (rule: CompiledRule) => boolean): RuleIndex {
  const regexRoles = byLiteral<RegexRole>(program)
  const assignmentRoles = byLiteral<number>(program)
  const gates = byLiteral<number>(program)
  const unanchored: number[] = []
  for (const [number, rule] of program.rules.entries()) {
    if (!rule.matcher || !isSelected(rule)) continue
    if (rule.matcher.kind === 'assignment') {
      for (const literal of rule.matcher.names) addTo(assignmentRoles, literal, number)
    } else {
      indexRegex(rule.matcher, number, rule.fixedPrefix)
    }
  }
  return { regexRoles, assignmentRoles, unanchored, gates, isGated, alphabets: expandAlphabets(program) }

  function indexRegex(matcher: RegexMatcher, rule: number, inBinary: boolean) {
    if (matcher.anchors.length === 0) unanchored.push(rule)
    for (const literal of matcher.gate) addTo(gates, literal, rule)
    for (const { literal, before, leastBefore, after, tail } of matcher.anchors) {
      const reach = { before: before ?? Infinity, after: after ?? Infinity }
      addTo(regexRoles, literal, { rule, ...reach, leastBefore, tail, inBinary })
    }
  }

  function isGated(rule: number): boolean {
    const matcher = program.rules[rule]?.matcher
    return matcher?.kind === 'regex' && matcher.gate.length > 0
  }
}

function byLiteral<Role>({ literals }: Program): (Role[] | undefined)[] {
  return literals.map(() => undefined)
}

function addTo<Role>(lists: (Role[] | undefined)[], literal: number, role: Role): void {
  const list = lists[literal]
  if (list) list.push(role)
  else lists[literal] = [role]
}

/** Rules share few alphabets. */
function expandAlphabets({ rules }: Program): (Uint8Array | undefined)[] {
  const known = new Map<string, Uint8Array>()
  return rules.map(({ matcher }) => {
    if (matcher?.kind !== 'assignment') return undefined
    const alphabet = known.get(matcher.alphabet) ?? expandClasses([matcher.alphabet])
    known.set(matcher.alphabet, alphabet)
    return alphabet
  })
}
