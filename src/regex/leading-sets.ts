import { word } from './named-classes.ts'
import { hasRange, uniteRanges } from './ranges.ts'
import type { AssertKind, Node, Pattern, Ranges, Sets } from './types.ts'

/** Longest lead: what differs in more characters is as good as told apart. */
const maxLead = 64

/** What the beginning of every match looks like. */
export interface Lead {
  /** The match may take one character more, of this set, before the others; where it does not, it starts with the text. */
  guard?: Ranges
  /** Character for character, as far as all matches have a place for it: the set that it belongs to. */
  sets: readonly Ranges[]
  /** The match starts with a word character, and none stands before it. */
  startsWord: boolean
  /** The match starts a line. */
  startsLine: boolean
}

/** Conditions that are cheap to test where a match is to begin; a match meets them all, other text hardly ever does. */
export function leadingSets({ node }: Pattern): Lead {
  const [first, ...rest] = node.type === 'sequence' ? node.items : [node]
  const guard = first && readGuard(first)
  if (guard) return { guard, sets: readSequence(rest).sets, startsWord: false, startsLine: false }
  const { sets } = readSets(node)
  const isWord = sets[0]?.every(([low, high]) => hasRange(word, low, high)) ?? false
  return {
    sets,
    startsWord: isWord && startsWith('word', node),
    startsLine: startsWith('line-start', node),
  }
}

/** `(?:^|[^x])`: how patterns say that no x comes before. */
function readGuard(node: Node): Ranges | undefined {
  if (node.type !== 'choice' || node.options.length !== 2) return undefined
  const set = node.options.find(option => option.type === 'set')
  const isStart = node.options.some(option => option.type === 'assert' && option.kind === 'text-start')
  return isStart ? set?.ranges : undefined
}

const known = new WeakMap<Node, Sets>()

/** What a match of the node begins with. */
export function readSets(node: Node): Sets {
  let sets = known.get(node)
  if (!sets) {
    sets = computeSets(node)
    known.set(node, sets)
  }
  return sets
}

function computeSets(node: Node): Sets {
  switch (node.type) {
    case 'empty':
    case 'assert':
      return { sets: [], whole: true }
    case 'set':
      return { sets: [node.ranges], whole: true }
    case 'group':
      return readSets(node.item)
    case 'sequence':
      return readSequence(node.items)
    case 'choice':
      return node.options.map(readSets).reduce(meetSets)
    case 'repeat':
      return readRepeat(node)
  }
}

function readSequence(items: readonly Node[]): Sets {
  return readEnds(items)[0]!
}

/** For each place in a sequence, and its end, what a match begins with from there on. */
export function readEnds(items: readonly Node[]): Sets[] {
  const ends: Sets[] = [{ sets: [], whole: true }]
  for (const item of items.toReversed()) ends.unshift(joinSets(readSets(item), ends[0]!))
  return ends
}

/** One after the other. */
export function joinSets(a: Sets, b: Sets): Sets {
  if (!a.whole) return a
  const sets = [...a.sets, ...b.sets]
  return { sets: sets.slice(0, maxLead), whole: b.whole && sets.length <= maxLead }
}

function readRepeat({ item, min, max }: Extract<Node, { type: 'repeat' }>): Sets {
  const once = readSets(item)
  if (min === 0 || once.sets.length === 0) return { sets: [], whole: false }
  const copies = once.whole ? Math.min(min, Math.ceil(maxLead / once.sets.length)) : 1
  const sets = Array.from({ length: copies }, () => once.sets).flat()
  return { sets, whole: once.whole && min === max && copies === min }
}

/** Character for character, either of the two, as far as both go. */
export function meetSets(a: Sets, b: Sets): Sets {
  const [short, long] = a.sets.length <= b.sets.length ? [a, b] : [b, a]
  const sets = short.sets.map((ranges, at) => uniteRanges(ranges, long.sets[at] ?? []))
  return { sets, whole: a.whole && b.whole && short.sets.length === long.sets.length }
}

/** Whether an assertion comes before all that takes a character. */
function startsWith(kind: AssertKind, node: Node): boolean {
  switch (node.type) {
    case 'assert':
      return node.kind === kind
    case 'group':
      return startsWith(kind, node.item)
    case 'sequence':
      for (const item of node.items) {
        if (startsWith(kind, item)) return true
        if (item.type !== 'assert') return false
      }
      return false
    case 'choice':
      return node.options.every(option => startsWith(kind, option))
    default:
      return false
  }
}
