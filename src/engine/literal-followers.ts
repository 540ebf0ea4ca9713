import type { AssignmentMatcher, Program, RegexMatcher } from '../program.ts'
import type { EscapeDecoder } from './decoding/decoder.ts'
import { escapeDecoders } from './decoding/index.ts'
import { firstsOfSuffixes, mustBeWord } from './short-names.ts'

/** Which bytes are in a set: 256 flags. */
type Flags = Uint8Array

const isSmall = (byte: number) => byte >= 0x61 && byte <= 0x7a

const notSmall = flagsOf(byte => !isSmall(byte))
const beginsSuffix = flagsOf(byte => !isSmall(byte) || firstsOfSuffixes.has(byte))
const leads = new Set<number>(Object.values<EscapeDecoder>(escapeDecoders).map(({ lead }) => lead))
/** What begins an escape: once it is undone another byte may stand there. */
const escapes = flagsOf(byte => leads.has(byte))

/** Of each literal the set, as in `Program.classes`, of bytes one of which follows it wherever a rule has a use for it; undefined: any. */
export function findFollowers({ literals, rules, classes }: Program): (string | undefined)[] {
  const followers: (Flags | undefined)[] = literals.map(() => undefined)
  const any = new Set<number>()
  for (const { matcher } of rules) {
    if (matcher?.kind === 'assignment')
      for (const literal of matcher.names) add(literal, afterName(literal, matcher))
    else if (matcher) addRegex(matcher)
  }
  return followers.map((flags, id) => (any.has(id) || flags === undefined ? undefined : toHex(flags)))

  function afterName(literal: number, matcher: AssignmentMatcher): Flags | undefined {
    if (matcher.ends?.includes(literal)) return notSmall
    if (!mustBeWord(literals[literal]!.length, matcher)) return undefined
    return matcher.beside ? beginsSuffix : notSmall
  }

  function addRegex({ anchors, gate, shape }: RegexMatcher): void {
    for (const literal of gate) any.add(literal)
    for (const { literal, tail, mark, after } of anchors) {
      if (tail.length > 0) add(literal, read(tail[0]!), escapes)
      else if (mark === undefined || after === null) any.add(literal)
      else
        add(
          literal,
          read(shape.members),
          flagsOf(byte => byte === mark),
          escapes,
        )
    }
  }

  function add(literal: number, ...sets: (Flags | undefined)[]): void {
    for (const set of sets) {
      if (!set) any.add(literal)
      else followers[literal] = (followers[literal] ?? set).map((flag, byte) => flag | set[byte]!)
    }
  }

  function read(id: number): Flags {
    const bits = Buffer.from(classes[id] ?? '', 'hex')
    return flagsOf(byte => ((bits[byte >> 3] ?? 0) & (1 << (byte & 7))) !== 0)
  }
}

function flagsOf(isMember: (byte: number) => boolean): Flags {
  return Uint8Array.from({ length: 256 }, (_, byte) => Number(isMember(byte)))
}

function toHex(flags: Flags): string {
  const bits = Buffer.alloc(32)
  for (const [byte, flag] of flags.entries()) bits[byte >> 3]! |= flag << (byte & 7)
  return bits.toString('hex')
}
