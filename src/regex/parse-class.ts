import {
  type CharClass,
  classOfBytes,
  classOfPoints,
  foldClass,
  intersectClasses,
  negateClass,
  uniteClasses,
} from './char-class.ts'
import type { Cursor } from './cursor.ts'
import { findPosixClass } from './named-classes.ts'
import { type Escape, escapeClass, parseEscape } from './parse-escape.ts'

const maxNesting = 100

/** Reads a bracketed class, the cursor being on its `[`. A `]` that comes first is a member. Folding comes before negation. */
export function parseClass(cursor: Cursor, depth = 0): CharClass {
  const start = cursor.at
  if (depth > maxNesting) cursor.fail(`classes nested deeper than ${maxNesting}`)
  cursor.take('[')
  cursor.skipVerbose()
  const negated = cursor.take('^')
  cursor.skipVerbose()
  let members = takeLeadingHyphens(cursor)
  if (members.bytes.length === 0 && cursor.next === ']') members = parseMember(cursor, depth)
  members = uniteClasses(members, parseUnion(cursor, start, depth))
  while (!cursor.take(']')) {
    const operator = cursor.source.slice(cursor.at, cursor.at + 2)
    cursor.at += 2
    members = combine(operator, fold(cursor, members), fold(cursor, parseUnion(cursor, start, depth)))
  }
  const folded = fold(cursor, members)
  return negated ? negateClass(folded) : folded
}

/** Rust takes any number of hyphens before anything else. */
function takeLeadingHyphens(cursor: Cursor): CharClass {
  let members = classOfBytes()
  while (cursor.dialect === 'rust' && cursor.take('-')) {
    members = classOfBytes([0x2d, 0x2d])
    cursor.skipVerbose()
  }
  return members
}

/** Reads members up to the closing bracket or, in Rust, a set operator. */
function parseUnion(cursor: Cursor, start: number, depth: number): CharClass {
  let members = classOfBytes()
  for (;;) {
    cursor.skipVerbose()
    if (cursor.atEnd) cursor.fail('a class without its closing bracket', start)
    const isOperator =
      cursor.dialect === 'rust' && /^(?:&&|--|~~)/.test(cursor.source.slice(cursor.at, cursor.at + 2))
    if (cursor.next === ']' || isOperator) return members
    members = uniteClasses(members, parseMember(cursor, depth))
  }
}

function parseMember(cursor: Cursor, depth: number): CharClass {
  if (cursor.next === '[') {
    const named = parseNamedClass(cursor)
    if (named) return named
    if (cursor.dialect === 'rust') return parseClass(cursor, depth + 1)
  }
  const start = cursor.at
  const low = parseCharacter(cursor)
  if (low.kind === 'class' || !takeRangeHyphen(cursor)) return escapeClass(low)
  cursor.skipVerbose()
  const high = parseCharacter(cursor)
  if (high.kind === 'class' || high.code < low.code) cursor.fail('a range that ends before it starts', start)
  const ends = [low.code, high.code] as const
  return low.kind === 'byte' || high.kind === 'byte' ? classOfBytes(ends) : classOfPoints([ends])
}

/** `[:alpha:]`, `[:^alpha:]`. An unknown name is an error in RE2, and a nested class in Rust. */
function parseNamedClass(cursor: Cursor): CharClass | undefined {
  const start = cursor.at
  const match = cursor.takeMatch(/\[:(\^?)([A-Za-z]*):\]/y)
  if (!match) return undefined
  const found = findPosixClass(match[2]!)
  if (!found) {
    if (cursor.dialect === 're2') cursor.fail(`there is no class ${match[0]}`, start)
    cursor.at = start
    return undefined
  }
  return match[1] ? negateClass(fold(cursor, found)) : found
}

function parseCharacter(cursor: Cursor): Escape {
  return cursor.next === '\\' ? parseEscape(cursor) : { kind: 'point', code: cursor.takePoint() }
}

/** Takes a hyphen that stands between the ends of a range: not one before the bracket or another of Rust's. */
function takeRangeHyphen(cursor: Cursor): boolean {
  const start = cursor.at
  cursor.skipVerbose()
  if (cursor.take('-')) {
    cursor.skipVerbose()
    if (!cursor.atEnd && cursor.next !== ']' && !(cursor.dialect === 'rust' && cursor.next === '-'))
      return true
  }
  cursor.at = start
  return false
}

function combine(operator: string, left: CharClass, right: CharClass): CharClass {
  if (operator === '&&') return intersectClasses(left, right)
  const onlyLeft = intersectClasses(left, negateClass(right))
  return operator === '--' ? onlyLeft : uniteClasses(onlyLeft, intersectClasses(right, negateClass(left)))
}

function fold(cursor: Cursor, members: CharClass): CharClass {
  return cursor.flags.ignoreCase ? foldClass(members, cursor.dialect) : members
}
