import type { CompiledRule, PackedLists, Program } from '../program.ts'
import { expandClass } from './byte-classes.ts'
import { NO_BOUND, prepareRules } from './prepare-rules.ts'

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

/** What each literal stands for. */
export interface RuleIndex {
  /** Literal → length in bytes. */
  lengths: Int32Array
  /** Literal → the escape that it begins, see `rolesOfEscapes`. */
  escapes: Int8Array
  /** Sets of bytes, see `isInSet`. */
  sets: Uint8Array
  regexRolesOf(literal: number): readonly RegexRole[]
  isOfRegex(literal: number): boolean
  /** The assignment rules in whose names the literal is. */
  assignmentRolesOf(literal: number): readonly number[]
  /** The rules that a keyword's literal opens. */
  gatesOf(literal: number): readonly number[]
  /** Rules without an anchor: their regex runs on the whole text. */
  unanchored: readonly number[]
  isGated(rule: number): boolean
  /** The bytes that an assignment rule's value can hold, as flags. */
  alphabetOf(rule: number): Uint8Array | undefined
  /** Ids of rules that others ask for. */
  needed: ReadonlySet<string>
}

/** @param isSelected absent: all rules are */
export function indexRules(program: Program, isSelected?: (rule: CompiledRule) => boolean): RuleIndex {
  const prepared = program.prepared && !isSelected ? program.prepared : prepareRules(program, isSelected)
  const { lengths, escapes, sets, regexRoles, assignmentRoles, gates, unanchored, needed } = prepared
  return {
    lengths,
    escapes,
    sets,
    regexRolesOf: readLists(regexRoles, readRoles),
    isOfRegex: literal => regexRoles.starts[literal + 1]! > regexRoles.starts[literal]!,
    assignmentRolesOf: readLists(assignmentRoles, items => Array.from(items)),
    gatesOf: readLists(gates, items => Array.from(items)),
    unanchored,
    needed: new Set(needed),
    isGated,
    alphabetOf: createAlphabets(program),
  }

  function isGated(rule: number): boolean {
    const matcher = program.rules[rule]?.matcher
    return matcher?.kind === 'regex' && matcher.gate.length > 0
  }
}

const nothing: readonly never[] = []

/** A literal's list in the form that the engine uses, made when the literal is first found. */
function readLists<Item>(
  { starts, items }: PackedLists,
  read: (items: Int32Array) => Item[],
): (literal: number) => readonly Item[] {
  const known: (readonly Item[] | undefined)[] = new Array(starts.length)
  return literal => {
    let list = known[literal]
    if (!list) {
      const [start, end] = [starts[literal]!, starts[literal + 1]!]
      list = start === end ? nothing : read(items.subarray(start, end))
      known[literal] = list
    }
    return list
  }
}

function readRoles(items: Int32Array): RegexRole[] {
  const roles: RegexRole[] = []
  for (let at = 0; at < items.length; ) {
    const [rule = 0, inBinary, before = 0, leastBefore = 0, after = 0, tailLength = 0] = items.subarray(at)
    const tailEnd = at + 6 + tailLength
    roles.push({
      rule,
      before: before === NO_BOUND ? Infinity : before,
      leastBefore,
      after: after === NO_BOUND ? Infinity : after,
      tail: Array.from(items.subarray(at + 6, tailEnd)),
      inBinary: inBinary === 1,
    })
    at = tailEnd
  }
  return roles
}

/** Rules share few alphabets, and most are never asked for. */
function createAlphabets({ rules }: Program): (rule: number) => Uint8Array | undefined {
  const expanded = new Map<string, Uint8Array>()
  return rule => {
    const matcher = rules[rule]?.matcher
    if (matcher?.kind !== 'assignment') return undefined
    const known = expanded.get(matcher.alphabet)
    if (known) return known
    const alphabet = expandClass(matcher.alphabet)
    expanded.set(matcher.alphabet, alphabet)
    return alphabet
  }
}
