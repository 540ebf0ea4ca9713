import { word } from './named-classes.ts'
import { complementRanges, countCodes, hasRange, intersectRanges } from './ranges.ts'
import type { AssertKind, Node, Ranges } from './types.ts'
import { isNullable } from './widths.ts'

/** What a pattern can be printed as. */
export type Syntax = 'javascript' | 're2'

/**
 * The source of a JavaScript RegExp that finds the same matches, with the same group numbers, in a string whose
 * characters are all Latin-1. Use it with the flags `g`, `y` and `d` only: `m`, `i` and `s` are spelled out, and
 * `^` and `$` mean the text's ends. For `re2` it is the source of that syntax, which differs in line anchors.
 */
export function printPattern(node: Node, syntax: Syntax = 'javascript'): string {
  switch (node.type) {
    case 'empty':
      return '(?:)'
    case 'set':
      return printSet(node.ranges)
    case 'sequence':
      return node.items
        .map(item => (item.type === 'choice' ? wrap(item, syntax) : printPattern(item, syntax)))
        .join('')
    case 'choice':
      return node.options
        .map(option => (option.type === 'empty' ? '' : printPattern(option, syntax)))
        .join('|')
    case 'repeat':
      return printRepeat(node, syntax)
    case 'group':
      return `(${node.item.type === 'empty' ? '' : printPattern(node.item, syntax)})`
    case 'assert':
      return (syntax === 're2' ? re2Asserts : asserts)[node.kind]
  }
}

const asserts: Readonly<Record<AssertKind, string>> = {
  'text-start': '^',
  'text-end': '$',
  'line-start': '(?<![^\\n])',
  'line-end': '(?![^\\n])',
  word: '\\b',
  'not-word': '\\B',
}

const re2Asserts: Readonly<Record<AssertKind, string>> = {
  ...asserts,
  'line-start': '(?m:^)',
  'line-end': '(?m:$)',
}

/** JavaScript refuses an optional item that took nothing, where RE2 takes it: an option that can be empty is a choice. */
function printRepeat({ item, min, max, lazy }: Extract<Node, { type: 'repeat' }>, syntax: Syntax): string {
  if (min === 0 && max === 1 && isNullable(item)) {
    const inner = printPattern(item, syntax)
    return lazy ? `(?:|${inner})` : `(?:${inner}|)`
  }
  const isAtom = item.type === 'set' || item.type === 'group'
  return `${isAtom ? printPattern(item, syntax) : wrap(item, syntax)}${printCounts(min, max)}${lazy ? '?' : ''}`
}

function printCounts(min: number, max: number): string {
  if (max === Infinity) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`
  if (min === 0 && max === 1) return '?'
  return min === max ? `{${min}}` : `{${min},${max}}`
}

function wrap(node: Node, syntax: Syntax): string {
  return `(?:${printPattern(node, syntax)})`
}

function printSet(ranges: Ranges): string {
  const [first] = ranges
  if (!first) return '[^\\x00-\\xff]'
  if (ranges.length === 1 && first[0] === first[1]) return printCode(first[0], /[\\^$.*+?()[\]{}|/]/)
  const members = printMembers(ranges)
  const rest = complementRanges(ranges, 0, 0xff)
  if (rest.length === 0) return '[\\s\\S]'
  const others = printMembers(rest)
  if (others === '\\w') return '\\W'
  if (others === '\\d') return '\\D'
  if (members === '\\w' || members === '\\d') return members
  return others.length < members.length ? `[^${others}]` : `[${members}]`
}

/** The inside of a bracketed class. */
function printMembers(ranges: Ranges): string {
  if (word.every(([low, high]) => hasRange(ranges, low, high))) {
    return `\\w${printRanges(intersectRanges(ranges, complementRanges(word, 0, 0xff)))}`
  }
  if (hasRange(ranges, 0x30, 0x39)) {
    return `\\d${printRanges(intersectRanges(ranges, complementRanges([[0x30, 0x39]], 0, 0xff)))}`
  }
  return printRanges(ranges)
}

function printRanges(ranges: Ranges): string {
  return ranges
    .map(range => {
      const [low, high] = [range[0], range[1]].map(code => printCode(code, /[\\\]^[-]/))
      const count = countCodes([range])
      return count === 1 ? low : count === 2 ? `${low}${high}` : `${low}-${high}`
    })
    .join('')
}

const controls: Readonly<Record<number, string>> = { 9: '\\t', 10: '\\n', 12: '\\f', 13: '\\r' }

function printCode(code: number, special: RegExp): string {
  const character = String.fromCharCode(code)
  if (code >= 0x20 && code < 0x7f) return special.test(character) ? `\\${character}` : character
  return controls[code] ?? `\\x${code.toString(16).padStart(2, '0')}`
}
