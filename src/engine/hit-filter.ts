import type { HitFilter, Lead, LiteralFilter, ValueFilter } from '../kernel/hit-filter.ts'
import { surprises } from '../letter-pairs.ts'
import type { AssignmentMatcher, Program, RegexMatcher, RuleAnchor } from '../program.ts'
import { expandClass, uniteClasses } from './byte-classes.ts'
import { describeKinds } from './bytes.ts'
import { decoderLiterals } from './decoding/index.ts'
import { mayNameIssuer } from './find-beside.ts'
import { surpriseOfWords } from './generic/reads-as-words.ts'
import { findFollowers } from './literal-followers.ts'
import { mustBeWord } from './short-names.ts'

/** What the search kernel can tell of hits that would only be looked at and dropped here. */
export function createHitFilter(program: Program): HitFilter {
  const literals: LiteralFilter[] = program.literals.map(() => ({}))
  const classes = [...program.classes]
  const ids = new Map(classes.map((set, id) => [set, id]))
  /** Literals that count wherever they stand. */
  const always = new Set<number>()
  for (const { matcher } of program.rules) {
    if (matcher?.kind === 'assignment') {
      for (const literal of matcher.names) addName(literal, matcher)
    } else if (matcher) {
      addRegex(matcher)
    }
  }
  const escapes = new Set(decoderLiterals.map(literal => literal.toLowerCase()))
  const followers = findFollowers(program)
  return {
    literals: literals.map((filter, id) => {
      if (escapes.has(program.literals[id] ?? '')) return { isEscape: true }
      if (always.has(id)) return undefined
      const next = followers[id]
      return next === undefined ? filter : { ...filter, next: idOf(next) }
    }),
    sets: Buffer.from(classes.join(''), 'hex'),
    kinds: describeKinds(),
    surprises,
  }

  function idOf(set: string): number {
    const id = ids.get(set) ?? classes.push(set) - 1
    ids.set(set, id)
    return id
  }

  function addName(literal: number, matcher: AssignmentMatcher): void {
    const { length } = program.literals[literal] ?? ''
    const isPart = literals[literal]?.inName === 'part' || !mustBeWord(length, matcher)
    literals[literal] = {
      ...literals[literal],
      inName: isPart ? 'part' : 'word',
      value: widen(literals[literal]?.value, matcher),
      ...(matcher.beside &&
        mayNameIssuer(program.literals[literal] ?? '') &&
        addBeside(literals[literal]?.beside, matcher)),
    }
  }

  /** A value beside a name has bytes of its alphabet in a row, and of the rules with one name any of theirs. */
  function addBeside(before: LiteralFilter['beside'], { alphabet, min }: AssignmentMatcher) {
    const run = Math.min(before?.run ?? Infinity, min)
    const set = idOf(before ? uniteClasses(classes[before.set]!, alphabet) : alphabet)
    return { beside: { run, set }, ...(program.ofLines && { opensBlock: true }) }
  }

  function addRegex({ anchors, gate, shape }: RegexMatcher): void {
    for (const literal of gate) always.add(literal)
    for (const anchor of anchors) {
      const { literal } = anchor
      const lead = toLead(anchor, shape)
      if (lead)
        literals[literal] = { ...literals[literal], leads: [...(literals[literal]?.leads ?? []), lead] }
      else always.add(literal)
    }
  }
}

/** What a rule's values are like, and those of the rules before it with the same name. Only a judge drops words. */
function widen(before: ValueFilter | undefined, { min, judge, alphabet }: AssignmentMatcher): ValueFilter {
  const { wordsBelow, surprise } = judge
    ? { wordsBelow: Infinity, surprise: surpriseOfWords[judge] }
    : { wordsBelow: mayOpenExpression(alphabet) ? 0 : min, surprise: Infinity }
  return {
    least: Math.min(before?.least ?? Infinity, min),
    wordsBelow: Math.min(before?.wordsBelow ?? Infinity, wordsBelow),
    surprise: Math.min(before?.surprise ?? Infinity, surprise),
  }
}

/** Alphabet → whether values may hold what the search takes for the end of a word of code; rules share few. */
const opens = new Map<string, boolean>()

function mayOpenExpression(alphabet: string): boolean {
  const known = opens.get(alphabet)
  if (known !== undefined) return known
  const members = expandClass(alphabet)
  const may = [...' \t\r\n"\'`,;()[]{}<>\\'].some(character => members[character.charCodeAt(0)])
  opens.set(alphabet, may)
  return may
}

function toLead(
  { before, leastBefore, after, tail, mark: byte }: RuleAnchor,
  { lead, startsWord, guard, members }: RegexMatcher['shape'],
): Lead | undefined {
  const mark = byte === undefined || after === null ? {} : { mark: { byte, set: members, most: after } }
  if (before === leastBefore)
    return { before, runs: lead, tail, startsWord, ...(guard === undefined ? {} : { guard }), ...mark }
  if (tail.length === 0 && !mark.mark) return undefined
  return { before: 0, runs: [], tail, startsWord: false, ...mark }
}
