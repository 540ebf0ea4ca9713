import { word } from './named-classes.ts'
import { hasRange, uniteRanges } from './ranges.ts'
import type { AssertKind, Node, Pattern, Ranges, Sets } from './types.ts'

/** Longest lead: what differs in more characters is as good as told apart. */
const maxLead = 64
/** Behind more that may be left out, places tell too little to be worked out. */
const mostCopies = 4

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
  if (guard) return { guard, sets: readEnds(rest)[0]!.sets, startsWord: false, startsLine: false }
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

const end: Sets = { sets: [], whole: true }
const known = new WeakMap<Node, Sets>()

/** What a match of the node begins with. */
export function readSets(node: Node): Sets {
  let sets = known.get(node)
  if (!sets) {
    sets = readBefore(node, end)
    known.set(node, sets)
  }
  return sets
}

/** For each place in a sequence, and its end, what a match begins with from there on. */
export function readEnds(items: readonly Node[], rest = end): Sets[] {
  const ends: Sets[] = [rest]
  for (const item of items.toReversed()) ends.unshift(readBefore(item, ends[0]!))
  return ends
}

/** What a match of the node and of what follows it begins with. */
function readBefore(node: Node, rest: Sets): Sets {
  switch (node.type) {
    case 'empty':
    case 'assert':
      return rest
    case 'set':
      return joinSets({ sets: [node.ranges], whole: true }, rest)
    case 'group':
      return readBefore(node.item, rest)
    case 'sequence':
      return readEnds(node.items, rest)[0]!
    case 'choice':
      return node.options.map(option => readBefore(option, rest)).reduce(meetSets)
    case 'repeat':
      return readRepeat(node, rest)
  }
}

function readRepeat({ item, min, max }: Extract<Node, { type: 'repeat' }>, rest: Sets): Sets {
  const once = readSets(item)
  let sets = readOptional(once, max - min, rest)
  for (let copies = Math.min(min, maxLead + 1); copies > 0; copies--) sets = joinSets(once, sets)
  return sets
}

/** Of what may be left out: it comes next, or what follows it does. */
function readOptional(once: Sets, most: number, rest: Sets): Sets {
  let sets = most > mostCopies ? meetSets({ ...once, whole: false }, rest) : rest
  for (let copies = Math.min(most, mostCopies); copies > 0; copies--)
    sets = meetSets(joinSets(once, sets), rest)
  return sets
}

/** One after the other. */
export function joinSets(a: Sets, b: Sets): Sets {
  if (!a.whole) return a
  const sets = [...a.sets, ...b.sets]
  return { sets: sets.slice(0, maxLead), whole: b.whole && sets.length <= maxLead }
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
