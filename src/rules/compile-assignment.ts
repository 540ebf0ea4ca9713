import { UserError } from '../errors.ts'
import type { AssignmentMatcher } from '../program.ts'
import { compileAlphabet } from './alphabets.ts'
import type { LiteralTable } from './literal-table.ts'
import type { Assignment } from './rule-file.ts'

const defaultRange: Record<string, readonly [number, number]> = {
  password: [4, 128],
  token: [8, 512],
  uuid: [36, 36],
}

export function compileAssignment(assignment: Assignment, table: LiteralTable): AssignmentMatcher {
  const [min, max] = lengthRange(assignment)
  const names = withoutLonger(assignment.names.flatMap(spellings))
  const ends = names.filter(endsWord)
  return {
    kind: 'assignment',
    names: names.map(idOf),
    ...(ends.length > 0 && { ends: ends.map(idOf) }),
    with: assignment.with.map(normaliseName),
    alphabet: compileAlphabet(assignment.alphabet),
    min,
    max,
    prefix: assignment.prefix,
    ...(assignment.judge ? { judge: assignment.judge } : {}),
    ...besideOf(assignment, min, max),
  }

  function idOf(name: string): number {
    return table.idOf(wordOf(name))
  }
}

/** `key$`: at the end of a word. */
export function endsWord(name: string): boolean {
  return name.endsWith('$')
}

/** What is looked for: `key` of `key$`. */
export function wordOf(name: string): string {
  return endsWord(name) ? name.slice(0, -1) : name
}

/** Fewest characters, and most by which lengths may differ, that tell a token from other words. */
const LEAST_BESIDE = 15
const MOST_SPREAD = 8

function besideOf({ alphabet, judge, with: words }: Assignment, min: number, max: number) {
  const isExact = min >= LEAST_BESIDE && max - min <= MOST_SPREAD
  if (judge || !isExact || alphabet === 'printable' || alphabet === 'digits') return {}
  // A rule that tells one kind of its issuer's secrets from another goes by its own words.
  const isAny = words.length === 0 || ['key', 'secret', 'token'].every(word => words.includes(word))
  return { beside: isAny ? ('credential' as const) : ('with' as const) }
}

/** Names of up to so many characters must be whole words (docs/rules.md). */
const SHORT = 4

/** A name that holds another one would only be found twice; one that must be or end a word does not stand for it. */
function withoutLonger(names: readonly string[]): string[] {
  const general = names.filter(name => name.length > SHORT && !endsWord(name))
  return [...new Set(names)].filter(name => !general.some(other => other !== name && name.includes(other)))
}

/** `new relic` is written new_relic, new-relic, new.relic, newrelic and new relic. */
function spellings(name: string): string[] {
  const words = name.toLowerCase().match(/[^ _.-]+/g) ?? []
  return words.length === 1 ? words : ['', '_', '-', '.', ' '].map(separator => words.join(separator))
}

/** A key's name without what people put between its words. */
export function normaliseName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '')
}

function lengthRange({ length, alphabet, judge }: Assignment): readonly [number, number] {
  if (typeof length === 'number') return [length, length]
  if (length?.[0] !== undefined && length[1] !== undefined) return [length[0], length[1]]
  const range = defaultRange[judge ?? alphabet]
  if (range === undefined)
    throw new UserError('length is missing', 'Say how long the value is: length = 32 or length = [32, 40].')
  return range
}
