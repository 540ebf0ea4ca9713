import type { AssignmentMatcher, Program, RegexMatcher } from '../program.ts'
import { classOf, uniteClasses } from './byte-classes.ts'
import type { EscapeDecoder } from './decoding/decoder.ts'
import { escapeDecoders } from './decoding/index.ts'
import { firstsOfSuffixes, mustBeWord } from './short-names.ts'

const isSmall = (byte: number) => byte >= 0x61 && byte <= 0x7a

const notSmall = classOf(byte => !isSmall(byte))
const beginsSuffix = classOf(byte => !isSmall(byte) || firstsOfSuffixes.has(byte))
const leads = new Set<number>(Object.values<EscapeDecoder>(escapeDecoders).map(({ lead }) => lead))
/** What begins an escape: once it is undone another byte may stand there. */
const escapes = classOf(byte => leads.has(byte))

/** Of each literal the class, as in `Program.classes`, of bytes one of which follows it wherever a rule has a use for it; undefined: any. */
export function findFollowers({ literals, rules, classes }: Program): (string | undefined)[] {
  const followers: (string | undefined)[] = literals.map(() => undefined)
  const any = new Set<number>()
  for (const { matcher } of rules) {
    if (matcher?.kind === 'assignment')
      for (const literal of matcher.names) add(literal, afterName(literal, matcher))
    else if (matcher) addRegex(matcher)
  }
  return followers.map((follower, id) => (any.has(id) ? undefined : follower))

  function afterName(literal: number, matcher: AssignmentMatcher): string | undefined {
    if (matcher.ends?.includes(literal)) return notSmall
    if (!mustBeWord(literals[literal]!.length, matcher)) return undefined
    return matcher.beside ? beginsSuffix : notSmall
  }

  function addRegex({ anchors, gate, shape }: RegexMatcher): void {
    for (const literal of gate) any.add(literal)
    for (const { literal, tail, mark, after } of anchors) {
      if (tail.length > 0) add(literal, classes[tail[0]!], escapes)
      else if (mark === undefined || after === null) any.add(literal)
      else
        add(
          literal,
          classes[shape.members],
          escapes,
          classOf(byte => byte === mark),
        )
    }
  }

  function add(literal: number, ...sets: (string | undefined)[]): void {
    for (const set of sets) {
      if (any.has(literal)) return
      const before = followers[literal]
      if (set === undefined) any.add(literal)
      else if (before !== set) followers[literal] = before === undefined ? set : uniteClasses(before, set)
    }
  }
}
