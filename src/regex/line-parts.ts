import { composeChoice, composeRepeat, composeSequence, withoutGroups } from './compose.ts'
import { complementRanges, hasRange, intersectRanges } from './ranges.ts'
import type { Node, Pattern, Ranges } from './types.ts'

/** What to look for in lines out of their context. */
export interface LineParts {
  /** The pattern with the ends of lines in place of the ends of the text; absent where that is the same. */
  whole?: Node
  /**
   * For each of the pattern's ways to match over more than one line break some sets of patterns: any of the sets will do.
   * Each match of that way shows one of the set. Where there is no such way, the whole pattern finds all there is.
   */
  ways: readonly (readonly Node[])[][]
}

const NEWLINE = 10
const lineEnd: Node = { type: 'assert', kind: 'line-end' }
const both: Ends = { first: true, last: true }
const neither: Ends = { first: false, last: false }

/**
 * Parts of a pattern such that each of its matches in a text shows at least one in a line of the text (looked at with the
 * line before it), whatever stands around. Lines of up to three characters do not count, they belong to the one before.
 */
export function lineParts({ node }: Pattern): LineParts {
  const whole = withoutTextEnds(node)
  const plain = withoutGroups(node)
  const options = plain.type === 'choice' ? plain.options : [plain]
  const ways = options.filter(option => countBreaks(option, both) > 1).map(listStarts)
  return { ...(whole === node ? {} : { whole }), ways }
}

/** A match shows how it begins; it also shows how its part after some line break begins. */
function listStarts(node: Node): Node[][] {
  const items = node.type === 'sequence' ? node.items : [node]
  const starts = [...items.keys()].filter(
    i => i === 0 || countBreaks(items[i - 1]!, endsOf(i - 1, items.length, both)) > 0,
  )
  return starts.map(start => {
    const rest = composeSequence(items.slice(start))
    const ends: Ends = { first: start === 0, last: true }
    return start === 0 ? cut(rest, ends) : [withoutTextEnds(rest), ...cut(rest, ends)]
  })
}

/** Which ends of a match a part of its pattern stands at. */
interface Ends {
  first: boolean
  last: boolean
}

/** A line break that a match may take as its first or last character changes nothing: lines have one there anyway. */
function isFree(node: Node, { first, last }: Ends): boolean {
  return (first || last) && isGuard(node)
}

function isGuard(node: Node): boolean {
  if (node.type === 'choice') return node.options.every(isGuard)
  if (node.type === 'group') return isGuard(node.item)
  return node.type === 'set' || node.type === 'assert' || node.type === 'empty'
}

/** Of the items of a sequence, the first and the last may stand at the ends of the whole. */
function endsOf(i: number, count: number, { first, last }: Ends): Ends {
  return { first: first && i === 0, last: last && i === count - 1 }
}

/** The most line breaks with a line of more than three characters between them, and the first. */
function countBreaks(node: Node, ends: Ends): number {
  if (isFree(node, ends)) return 0
  switch (node.type) {
    case 'empty':
    case 'assert':
      return 0
    case 'set':
      return hasNewline(node.ranges) ? 1 : 0
    case 'group':
      return countBreaks(node.item, ends)
    case 'sequence':
      return node.items.reduce(
        (sum, item, i) => sum + countBreaks(item, endsOf(i, node.items.length, ends)),
        0,
      )
    case 'choice':
      return Math.max(...node.options.map(option => countBreaks(option, ends)))
    case 'repeat': {
      const once = countBreaks(node.item, neither)
      if (once === 0 || node.max === 0) return 0
      const isShort = node.item.type === 'set' && (node.max <= 5 || isBlank(node.item.ranges))
      return isShort || node.max === 1 ? once : Infinity
    }
  }
}

/** What a match of the node may begin with, up to a line break in it. */
function cut(node: Node, ends: Ends): Node[] {
  if (countBreaks(node, ends) === 0) return []
  switch (node.type) {
    case 'set':
      return [lineEnd]
    case 'group':
      return cut(node.item, ends)
    case 'choice':
      return node.options.flatMap(option => cut(option, ends))
    case 'sequence':
      return node.items.flatMap((item, i) =>
        cut(item, endsOf(i, node.items.length, ends)).map(end =>
          composeSequence([...node.items.slice(0, i), end]),
        ),
      )
    case 'repeat':
      return cutRepeat(node)
    default:
      return []
  }
}

function cutRepeat({ item, max, lazy }: Extract<Node, { type: 'repeat' }>): Node[] {
  if (item.type !== 'set') {
    return cut(item, neither).map(end => composeSequence([composeRepeat(item, 0, max - 1, lazy), end]))
  }
  const rest: Node = {
    type: 'set',
    ranges: intersectRanges(item.ranges, complementRanges([[NEWLINE, NEWLINE]], 0, 255)),
  }
  return [composeSequence([composeRepeat(rest, 0, max, lazy), lineEnd])]
}

/** Where a match may take a line break instead, the end of the text needs no replacement. */
function withoutTextEnds(node: Node): Node {
  switch (node.type) {
    case 'assert':
      if (node.kind === 'text-start') return { type: 'assert', kind: 'line-start' }
      return node.kind === 'text-end' ? lineEnd : node
    case 'group': {
      const item = withoutTextEnds(node.item)
      return item === node.item ? node : { ...node, item }
    }
    case 'repeat': {
      const item = withoutTextEnds(node.item)
      return item === node.item ? node : { ...node, item }
    }
    case 'sequence': {
      const items = node.items.map(withoutTextEnds)
      return items.every((item, i) => item === node.items[i]) ? node : composeSequence(items)
    }
    case 'choice': {
      if (isGuard(node) && node.options.some(option => option.type === 'set' && hasNewline(option.ranges)))
        return node
      const options = node.options.map(withoutTextEnds)
      return options.every((option, i) => option === node.options[i]) ? node : composeChoice(options)
    }
    default:
      return node
  }
}

function hasNewline(ranges: Ranges): boolean {
  return hasRange(ranges, NEWLINE, NEWLINE)
}

function isBlank(ranges: Ranges): boolean {
  return ranges.every(([, high]) => high <= 32)
}
