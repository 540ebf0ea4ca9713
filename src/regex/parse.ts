import { classNode, classOfBytes, classOfPoints, foldClass } from './char-class.ts'
import { composeChoice, composeSequence } from './compose.ts'
import { Cursor, type Flags } from './cursor.ts'
import { parseClass } from './parse-class.ts'
import { escapeClass, parseEscape } from './parse-escape.ts'
import { parseQuantifiers, refuseLoneQuantifier } from './parse-quantifier.ts'
import type { AssertKind, Dialect, Node, Pattern } from './types.ts'

/** Deepest nesting of groups; it keeps every walk over a pattern within the stack. */
const maxNesting = 250

interface Reading {
  cursor: Cursor
  groups: number
  names: Map<string, number>
  depth: number
}

/**
 * Reads a pattern in the syntax of Go's RE2 (https://github.com/google/re2/wiki/Syntax) or of Rust's regex
 * (https://docs.rs/regex/latest/regex/#syntax, bytes, Unicode off), for use over a Latin-1 view of bytes:
 * a non-ASCII character stands for its UTF-8 bytes, and whatever excludes characters takes any byte from 0x80 up.
 * Throws RegexSyntaxError, also for look-around and back-references.
 */
export function parsePattern(source: string, dialect: Dialect): Pattern {
  const reading: Reading = { cursor: new Cursor(source, dialect), groups: 0, names: new Map(), depth: 0 }
  const node = parseChoice(reading)
  if (!reading.cursor.atEnd) reading.cursor.fail('a closing parenthesis without its opening one')
  return { node, groups: reading.groups, names: Object.fromEntries(reading.names) }
}

function parseChoice(reading: Reading): Node {
  const options = [parseSequence(reading)]
  while (reading.cursor.take('|')) options.push(parseSequence(reading))
  return composeChoice(options)
}

function parseSequence(reading: Reading): Node {
  const { cursor } = reading
  const items: Node[] = []
  for (;;) {
    cursor.skipVerbose()
    if (cursor.atEnd || cursor.next === '|' || cursor.next === ')') return composeSequence(items)
    if (cursor.dialect === 're2' && cursor.take('\\Q')) {
      items.push(...parseQuotation(reading))
      continue
    }
    refuseLoneQuantifier(cursor)
    const atom = parseAtom(reading)
    if (atom) items.push(parseQuantifiers(cursor, atom))
  }
}

/** One item without its quantifier; undefined for what only sets flags. */
function parseAtom(reading: Reading): Node | undefined {
  const { cursor } = reading
  switch (cursor.next) {
    case '(':
      return parseGroup(reading)
    case '[':
      return classNode(parseClass(cursor))
    case '\\':
      return parseBackslash(cursor)
    case '.':
      cursor.at++
      return classNode(cursor.flags.dotAll ? classOfBytes([0, 0xff]) : classOfBytes([0, 9], [11, 0xff]))
    case '^':
      cursor.at++
      return { type: 'assert', kind: cursor.flags.multiline ? 'line-start' : 'text-start' }
    case '$':
      cursor.at++
      return { type: 'assert', kind: cursor.flags.multiline ? 'line-end' : 'text-end' }
    default:
      return literalNode(cursor, cursor.takePoint())
  }
}

const asserts: Readonly<Record<string, AssertKind>> = {
  A: 'text-start',
  z: 'text-end',
  b: 'word',
  B: 'not-word',
}

function parseBackslash(cursor: Cursor): Node {
  const letter = cursor.source.charAt(cursor.at + 1)
  if (Object.hasOwn(asserts, letter)) {
    if (
      letter === 'b' &&
      cursor.dialect === 'rust' &&
      /^\\b\{[a-z-]+\}/.test(cursor.source.slice(cursor.at))
    ) {
      cursor.fail('half word boundaries are not supported')
    }
    cursor.at += 2
    return { type: 'assert', kind: asserts[letter]! }
  }
  const members = escapeClass(parseEscape(cursor))
  return classNode(cursor.flags.ignoreCase ? foldClass(members, cursor.dialect) : members)
}

/** The characters between `\Q` and `\E` or the end; a quantifier after them belongs to the last one. */
function parseQuotation({ cursor }: Reading): Node[] {
  const end = cursor.source.indexOf('\\E', cursor.at)
  const stop = end < 0 ? cursor.source.length : end
  const items: Node[] = []
  while (cursor.at < stop) items.push(literalNode(cursor, cursor.takePoint()))
  cursor.take('\\E')
  const last = items.pop()
  if (last) items.push(parseQuantifiers(cursor, last))
  return items
}

function literalNode(cursor: Cursor, point: number): Node {
  const members = classOfPoints([[point, point]])
  return classNode(cursor.flags.ignoreCase ? foldClass(members, cursor.dialect) : members)
}

function parseGroup(reading: Reading): Node | undefined {
  const { cursor } = reading
  const start = cursor.at
  cursor.take('(')
  cursor.skipVerbose()
  if (cursor.dialect === 'rust' && cursor.takeMatch(/\?#[^)]*\)/y)) return undefined
  if (cursor.takeMatch(/\?<?[=!]/y)) cursor.fail('look-around is not supported', start)
  if (cursor.takeMatch(/\?>/y)) cursor.fail('atomic groups are not supported', start)
  const outer = cursor.flags
  const name = cursor.takeMatch(/\?P?<(\w+)>/y)?.[1]
  let index: number | undefined
  if (name !== undefined || cursor.next !== '?') {
    index = ++reading.groups
    if (name !== undefined) addName(reading, name, index, start)
  } else {
    cursor.flags = parseFlags(cursor, start)
    if (cursor.take(')')) return undefined
    if (!cursor.take(':')) cursor.fail('an unknown kind of group', start)
  }
  if (++reading.depth > maxNesting) cursor.fail(`groups nested deeper than ${maxNesting}`, start)
  const item = parseChoice(reading)
  if (!cursor.take(')')) cursor.fail('a group without its closing parenthesis', start)
  reading.depth--
  cursor.flags = outer
  if (index === undefined) return item
  return { type: 'group', item, index, ...(name === undefined ? {} : { name }) }
}

function addName(reading: Reading, name: string, index: number, start: number): void {
  if (reading.names.has(name)) reading.cursor.fail(`a second group called ${name}`, start)
  reading.names.set(name, index)
}

const flagNames: Readonly<Record<string, keyof Flags>> = {
  i: 'ignoreCase',
  m: 'multiline',
  s: 'dotAll',
  U: 'swapGreed',
  x: 'verbose',
}

/** Reads `?ims-U` up to its `)` or `:`. Rust's `u` may be switched off, as it is off already. */
function parseFlags(cursor: Cursor, start: number): Flags {
  const match = cursor.takeMatch(/\?([A-Za-z]*)(?:-([A-Za-z]+))?/y)
  const flags = { ...cursor.flags }
  const setFlags = (letters: string, value: boolean): void => {
    for (const letter of letters) {
      if (letter === 'u' && !value && cursor.dialect === 'rust') continue
      const flag = Object.hasOwn(flagNames, letter) ? flagNames[letter] : undefined
      if (!flag || (flag === 'verbose' && cursor.dialect === 're2')) {
        cursor.fail(`the flag ${letter} is not supported`, start)
      }
      flags[flag] = value
    }
  }
  setFlags(match?.[1] ?? '', true)
  setFlags(match?.[2] ?? '', false)
  return flags
}
