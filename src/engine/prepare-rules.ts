import type {
  CompiledRule,
  PackedLists,
  PreparedRules,
  Program,
  RegexMatcher,
  RuleAnchor,
} from '../program.ts'
import { packClasses } from './byte-classes.ts'
import { rolesOfEscapes } from './decoding/find-regions.ts'

/** What stands in `PackedLists.items` for a pattern without a bound. */
export const NO_BOUND = -1

/** What the engine needs to know of all rules, so that it need not look at each. */
export function prepareRules(
  program: Program,
  isSelected: (rule: CompiledRule) => boolean = () => true,
): PreparedRules {
  const { literals, classes, rules } = program
  const regexRoles: number[][] = literals.map(() => [])
  const assignmentRoles: number[][] = literals.map(() => [])
  const gates: number[][] = literals.map(() => [])
  const unanchored: number[] = []
  const pathOnly: number[] = []
  const needed = new Set(rules.filter(isSelected).flatMap(rule => rule.required.map(({ rule: id }) => id)))
  for (const [number, rule] of rules.entries()) {
    if (!isSelected(rule) && !needed.has(rule.id)) continue
    if (rule.matcher?.kind === 'assignment') {
      for (const literal of rule.matcher.names) assignmentRoles[literal]?.push(number)
    } else if (rule.matcher) {
      addRegex(rule.matcher, number, rule.fixedPrefix)
    } else if (rule.path !== undefined) {
      pathOnly.push(number)
    }
  }
  return {
    lengths: Int32Array.from(literals, literal => literal.length),
    escapes: rolesOfEscapes(literals),
    sets: packClasses(classes),
    regexRoles: pack(regexRoles),
    assignmentRoles: pack(assignmentRoles),
    gates: pack(gates),
    unanchored,
    pathOnly,
    needed: [...needed],
  }

  function addRegex({ anchors, gate }: RegexMatcher, rule: number, inBinary: boolean) {
    if (anchors.length === 0) unanchored.push(rule)
    for (const literal of gate) gates[literal]?.push(rule)
    for (const anchor of anchors) regexRoles[anchor.literal]?.push(...toItems(anchor, rule, inBinary))
  }
}

/** The form that `readRoles` reads. */
function toItems({ before, leastBefore, after, tail }: RuleAnchor, rule: number, inBinary: boolean) {
  const bounds = [before ?? NO_BOUND, leastBefore, after ?? NO_BOUND]
  return [rule, inBinary ? 1 : 0, ...bounds, tail.length, ...tail]
}

function pack(lists: readonly (readonly number[])[]): PackedLists {
  let end = 0
  return {
    starts: Int32Array.from([0, ...lists.map(list => (end += list.length))]),
    items: Int32Array.from(lists.flat()),
  }
}
