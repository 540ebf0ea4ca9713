import type { CompiledRule, PreparedRole, PreparedRules, Program, RegexMatcher } from '../program.ts'
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

/** What each literal stands for, indexed by literal id; null where it stands for nothing of the kind. */
export interface RuleIndex {
  regexRoles: readonly (readonly RegexRole[] | null)[]
  assignmentRoles: readonly (readonly number[] | null)[]
  /** Rules without an anchor: their regex runs on the whole text. */
  unanchored: readonly number[]
  /** The rules that a keyword's literal opens. */
  gates: readonly (readonly number[] | null)[]
  isGated(rule: number): boolean
  /** The bytes that an assignment rule's value can hold, as flags. */
  alphabetOf(rule: number): Uint8Array | undefined
  /** Ids of rules that others ask for. */
  needed: ReadonlySet<string>
}

/** @param isSelected absent: all rules are */
export function indexRules(program: Program, isSelected?: (rule: CompiledRule) => boolean): RuleIndex {
  const prepared = program.prepared && !isSelected ? program.prepared : prepareRules(program, isSelected)
  const { regexRoles, assignmentRoles, gates, unanchored } = prepared
  return {
    // JSON has no infinity.
    regexRoles: regexRoles.map(roles => roles?.map(withoutNull) ?? null),
    assignmentRoles,
    gates,
    unanchored,
    needed: new Set(prepared.needed),
    isGated,
    alphabetOf: createAlphabets(program),
  }

  function isGated(rule: number): boolean {
    const matcher = program.rules[rule]?.matcher
    return matcher?.kind === 'regex' && matcher.gate.length > 0
  }
}

/** What `indexRules` needs to know of all rules, as plain data. */
export function prepareRules(
  program: Program,
  isSelected: (rule: CompiledRule) => boolean = () => true,
): PreparedRules {
  const regexRoles = byLiteral<PreparedRole>(program)
  const assignmentRoles = byLiteral<number>(program)
  const gates = byLiteral<number>(program)
  const unanchored: number[] = []
  const pathOnly: number[] = []
  const needed = new Set(
    program.rules.filter(isSelected).flatMap(rule => rule.required.map(({ rule: id }) => id)),
  )
  for (const [number, rule] of program.rules.entries()) {
    if (!isSelected(rule) && !needed.has(rule.id)) continue
    if (rule.matcher?.kind === 'assignment') {
      for (const literal of rule.matcher.names) addTo(assignmentRoles, literal, number)
    } else if (rule.matcher) {
      addRegex(rule.matcher, number, rule.fixedPrefix)
    } else if (rule.path !== undefined) {
      pathOnly.push(number)
    }
  }
  return { regexRoles, assignmentRoles, gates, unanchored, pathOnly, needed: [...needed] }

  function addRegex(matcher: RegexMatcher, rule: number, inBinary: boolean) {
    if (matcher.anchors.length === 0) unanchored.push(rule)
    for (const literal of matcher.gate) addTo(gates, literal, rule)
    for (const { literal, before, leastBefore, after, tail } of matcher.anchors)
      addTo(regexRoles, literal, { rule, before, leastBefore, after, tail, inBinary })
  }
}

function withoutNull(role: PreparedRole): RegexRole {
  return { ...role, before: role.before ?? Infinity, after: role.after ?? Infinity }
}

function byLiteral<Role>({ literals }: Program): (Role[] | null)[] {
  return literals.map(() => null)
}

function addTo<Role>(lists: (Role[] | null)[], literal: number, role: Role): void {
  const list = lists[literal]
  if (list) list.push(role)
  else lists[literal] = [role]
}

/** Rules share few alphabets, and most are never asked for. */
function createAlphabets({ rules }: Program): (rule: number) => Uint8Array | undefined {
  const expanded = new Map<string, Uint8Array>()
  return rule => {
    const matcher = rules[rule]?.matcher
    if (matcher?.kind !== 'assignment') return undefined
    const known = expanded.get(matcher.alphabet)
    if (known) return known
    const alphabet = expandClasses([matcher.alphabet])
    expanded.set(matcher.alphabet, alphabet)
    return alphabet
  }
}
