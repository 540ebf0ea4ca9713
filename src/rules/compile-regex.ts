import { UserError } from '../errors.ts'
import type { LineMatchers, RegexMatcher, RegexShape, RuleAnchor } from '../program.ts'
import {
  type Anchor,
  allSets,
  compileLinear,
  composeSequence,
  composeSet,
  countSteps,
  fixedPrefix,
  leadingSets,
  lineParts,
  measureWidths,
  type Node,
  type Pattern,
  parsePattern,
  printPattern,
  requiredAnchors,
} from '../regex/index.ts'
import { estimateRarity } from '../regex/literal-rarity.ts'
import type { ClassTable } from './class-table.ts'
import type { LiteralTable } from './literal-table.ts'

/** What all rules of a program share. */
export interface Tables {
  literals: LiteralTable
  classes: ClassTable
}

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
export function compileRegex({ regex, keywords, reach }: RegexRule, tables: Tables): CompiledRegex {
  const pattern = parsePattern(regex, 're2')
  const { matcher, anchors, slack } = compilePattern(pattern, reach, tables)
  refuseEndless(pattern, matcher.isLinear)
  const inLines = compileLineParts(pattern, anchors, reach, tables)
  return {
    matcher: {
      ...matcher,
      gate: keywords.map(keyword => tables.literals.idOf(keyword)),
      ...(inLines && { inLines }),
    },
    groups: pattern.groups,
    fixedPrefix: (fixedPrefix(pattern)?.length ?? 0) >= 4 || startsWithAnchor(anchors, slack),
  }
}

function compilePattern(pattern: Pattern, reach: number | undefined, tables: Tables) {
  const shape = describeShape(pattern, tables.classes)
  const slack = shape.guard === undefined ? 0 : 1
  const anchors = chooseAnchors(pattern, slack)
  const source = printPattern(pattern.node)
  const matcher: RegexMatcher = {
    kind: 'regex',
    source,
    ...(needsLinear(pattern, source, anchors.length > 0) ? { isLinear: true } : {}),
    shape,
    anchors: anchors.map(anchor => toRuleAnchor(anchor, slack, reach, tables)),
    gate: [],
  }
  return { matcher, anchors, slack }
}

function compileLineParts(
  pattern: Pattern,
  anchors: readonly Anchor[],
  reach: number | undefined,
  tables: Tables,
): LineMatchers | undefined {
  const { whole, ways } = lineParts(pattern)
  if (!whole && ways.length === 0) return undefined
  const starts = ways.flatMap(sets => chooseStart(sets, anchors))
  return {
    ...(whole && { whole: compilePattern({ ...pattern, node: whole }, reach, tables).matcher }),
    ...(starts.length && {
      parts: starts.map(start => compilePattern(placeOf(start), reach, tables).matcher),
    }),
  }
}

/** The first set that can be found by rare literals, or else by the rarest. Where there is none, the pattern's own literals have to do. */
function chooseStart(sets: readonly (readonly Node[])[], anchors: readonly Anchor[]): Node[] {
  const rated = sets.map(set => ({ set, rarity: Math.min(...set.map(rarityOfPlace)) }))
  const rarest = Math.max(...rated.map(({ rarity }) => rarity))
  const usable =
    rarest > 0 ? rated.find(({ rarity }) => rarity >= Math.min(rarest, RARE_ENOUGH))?.set : undefined
  const literals = anchors.map(({ literal }) => composeSequence(Array.from(literal, eitherCase)))
  return [...(usable ?? (literals.length ? literals : (sets[0] ?? [])))]
}

/** Bits: rarer than single words of source text. */
const RARE_ENOUGH = 16

/** Bits, of the commonest literal; 0 where there is none. */
function rarityOfPlace(node: Node): number {
  const rarities = chooseAnchors(placeOf(node), 0).map(({ literal }) => estimateRarity(literal))
  return rarities.length > 0 ? Math.min(...rarities) : 0
}

/** A pattern of which only the place of a match matters; its only group is empty. */
function placeOf(node: Node): Pattern {
  const place: Node = { type: 'group', index: 1, item: { type: 'empty' } }
  return { node: composeSequence([node, place]), groups: 1, names: {} }
}

function eitherCase(letter: string): Node {
  const codes = [...new Set([letter.toUpperCase(), letter])]
    .map(form => form.charCodeAt(0))
    .sort((a, b) => a - b)
  return composeSet(codes.map(code => [code, code] as const))
}

/** Steps that a backtracking engine may take at one place: some tenths of a second, were they ever taken. */
const MOST_STEPS = 1e8
/** At every place of a text it may take fewer. */
const MOST_STEPS_EVERYWHERE = 1000
/** Few texts are asked about, and hardly one is longer than a line. */
const MOST_STEPS_OF_CONDITION = 1e6

function needsLinear(pattern: Pattern, source: string, hasAnchors: boolean): boolean {
  const most = hasAnchors ? MOST_STEPS : MOST_STEPS_EVERYWHERE
  return countSteps(pattern) > most && compileLinear(source) !== undefined
}

/**
 * A pattern that only tells whether it matches in a path, a secret or a line.
 * @throws UserError for one that is not RE2 syntax, or that could take forever and that RE2 refuses, too
 */
export function compileCondition(regex: string): { source: string; isLinear: boolean } {
  const pattern = parsePattern(regex, 're2')
  const source = printPattern(pattern.node)
  const isLinear = countSteps(pattern) > MOST_STEPS_OF_CONDITION && compileLinear(source) !== undefined
  refuseEndless(pattern, isLinear)
  return { source, isLinear }
}

/** @throws UserError for a pattern that could take forever and that RE2 refuses, too */
function refuseEndless(pattern: Pattern, isLinear = false): void {
  if (isLinear || countSteps(pattern) <= MOST_STEPS) return
  throw new UserError(
    'the regex can take forever on some texts',
    'Bound its repetitions, and let no two of them that follow each other take the same characters.',
  )
}

/** Every match begins with one of some literals that are not short. */
function startsWithAnchor(anchors: readonly Anchor[], slack: number): boolean {
  return anchors.length > 0 && anchors.every(({ literal, before }) => literal.length >= 4 && before <= slack)
}

function describeShape(pattern: Pattern, classes: ClassTable): RegexShape {
  const { guard, sets, startsWord, startsLine } = leadingSets(pattern)
  return {
    lead: countRepeats(sets.map(classes.idOf)),
    ...(guard && { guard: classes.idOf(guard) }),
    startsWord,
    startsLine,
    members: classes.idOf(allSets(pattern.node)),
    least: measureWidths(pattern.node).min,
  }
}

/** `[a, a, b]` → `[a, 2, b, 1]` */
function countRepeats(ids: readonly number[]): number[] {
  const pairs: number[] = []
  for (const id of ids) {
    if (pairs.at(-2) === id) pairs.push((pairs.pop() ?? 0) + 1)
    else pairs.push(id, 1)
  }
  return pairs
}

/** Two characters occur everywhere, and are only of use where they tell the place that a match begins at. */
function chooseAnchors(pattern: Pattern, slack: number): Anchor[] {
  const long = requiredAnchors(pattern, { minLength: 3 })
  if (long) return long
  const short = requiredAnchors(pattern, { minLength: 2 }) ?? []
  return short.every(anchor => isFixed(anchor, slack)) ? short : []
}

/** @param slack the byte that a guard takes or does not */
function toRuleAnchor(
  { literal, before, leastBefore, after, tail, mark }: Anchor,
  slack: number,
  reach: number | undefined,
  tables: Tables,
): RuleAnchor {
  return {
    literal: tables.literals.idOf(literal),
    before: bound(before - slack, reach),
    leastBefore,
    after: bound(after, reach),
    tail: countRepeats(tail.sets.map(tables.classes.idOf)),
    ...(mark !== undefined && { mark }),
  }
}

function isFixed({ before, leastBefore }: Anchor, slack: number): boolean {
  return before - leastBefore === slack
}

/** The pattern's own bound, else the rule's, else none: JSON has no infinity. */
function bound(width: number, reach: number | undefined): number | null {
  return Number.isFinite(width) ? width : (reach ?? null)
}
