import { lowerMembers } from './finite-texts.ts'
import type { Node, Pattern } from './types.ts'
import { measureWidths, times } from './widths.ts'

/** A set of more characters than this is a class, which spells no keyword. */
const maxMembers = 8

/**
 * How far a match reaches around `keyword` where the pattern spells it out, ASCII case ignored: the most over all
 * the places where it does. Undefined when it does nowhere. It says nothing about matches without the keyword.
 */
export function literalPositions(pattern: Pattern, keyword: string): Reach | undefined {
  const literal = keyword.toLowerCase()
  if (literal === '') return undefined
  // The empty pattern behind it lets the keyword end where the pattern ends.
  const { inside } = follow(
    spell(pattern.node, literal),
    measureWidths(pattern.node).max,
    spellNothing(literal),
    0,
  )
  return inside
}

/** Characters of a match before and after the keyword. */
interface Reach {
  before: number
  after: number
}

/** How a node can take part in spelling the keyword. */
interface Spelling {
  /** The whole keyword lies inside. */
  inside?: Reach
  /** Keyword offset at which the node starts → offsets at which it may end, all its text being part of the keyword. */
  through: Map<number, Set<number>>
  /** Keyword offset at which the node starts → most characters that follow the keyword's end in the node. */
  head: Map<number, number>
  /** Keyword offset at which the node ends → most characters that precede the keyword's start in the node. */
  tail: Map<number, number>
}

function spell(node: Node, keyword: string): Spelling {
  switch (node.type) {
    case 'empty':
    case 'assert':
      return spellNothing(keyword)
    case 'set':
      return spellSet(node, keyword)
    case 'group':
      return spell(node.item, keyword)
    case 'choice':
      return node.options.map(option => spell(option, keyword)).reduce(unite)
    case 'sequence':
      return spellSequence(node.items, keyword)
    case 'repeat':
      return spellRepeat(node, keyword)
  }
}

function spellNothing(keyword: string): Spelling {
  const through = new Map<number, Set<number>>()
  for (let at = 0; at <= keyword.length; at++) through.set(at, new Set([at]))
  return { through, head: new Map([[keyword.length, 0]]), tail: new Map([[0, 0]]) }
}

function spellSet(node: Extract<Node, { type: 'set' }>, keyword: string): Spelling {
  const members = lowerMembers(node.ranges, maxMembers) ?? []
  const through = new Map<number, Set<number>>()
  for (let at = 0; at < keyword.length; at++) {
    if (members.includes(keyword.charAt(at))) through.set(at, new Set([at + 1]))
  }
  // The empty text before or after the keyword lies in any node: that is how a neighbour's keyword meets this one's end.
  return { through, head: new Map([[keyword.length, 1]]), tail: new Map([[0, 1]]) }
}

function spellSequence(items: readonly Node[], keyword: string): Spelling {
  let spelling = spellNothing(keyword)
  let width = 0
  for (const item of items) {
    const { max } = measureWidths(item)
    spelling = follow(spelling, width, spell(item, keyword), max)
    width += max
  }
  return spelling
}

/** `a` and then `b`, whose most widths are given. */
function follow(a: Spelling, widthA: number, b: Spelling, widthB: number): Spelling {
  const joined: Spelling = { through: new Map(), head: new Map(), tail: new Map() }
  for (const [from, middles] of a.through) {
    for (const middle of middles) {
      for (const to of b.through.get(middle) ?? []) addTo(joined.through, from, to)
      raise(joined.head, from, b.head.get(middle))
    }
  }
  for (const [from, after] of a.head) raise(joined.head, from, after + widthB)
  for (const [to, before] of b.tail) raise(joined.tail, to, before + widthA)
  for (const [middle, before] of a.tail) {
    for (const to of b.through.get(middle) ?? []) raise(joined.tail, to, before)
    const after = b.head.get(middle)
    if (after !== undefined) extend(joined, { before, after })
  }
  if (a.inside) extend(joined, { before: a.inside.before, after: a.inside.after + widthB })
  if (b.inside) extend(joined, { before: b.inside.before + widthA, after: b.inside.after })
  return joined
}

/** As many rounds as the keyword has characters say all there is to say; the rest only adds width on both sides. */
function spellRepeat(node: Extract<Node, { type: 'repeat' }>, keyword: string): Spelling {
  const once = spell(node.item, keyword)
  const width = measureWidths(node.item).max
  let rounds = spellNothing(keyword)
  let all = node.min === 0 ? rounds : undefined
  for (let count = 1; count <= Math.min(node.max, node.min + keyword.length + 1); count++) {
    rounds = follow(rounds, times(width, count - 1), once, width)
    if (count >= node.min) all = all ? unite(all, rounds) : rounds
  }
  const others = times(width, node.max)
  if (!all) return spellNothing(keyword)
  return {
    through: all.through,
    head: new Map([...all.head].map(([at, after]) => [at, after === 0 ? 0 : Math.max(after, others)])),
    tail: new Map([...all.tail].map(([at, before]) => [at, before === 0 ? 0 : Math.max(before, others)])),
    ...(all.inside && {
      inside: { before: Math.max(all.inside.before, others), after: Math.max(all.inside.after, others) },
    }),
  }
}

function unite(a: Spelling, b: Spelling): Spelling {
  const united: Spelling = { through: new Map(), head: new Map(a.head), tail: new Map(a.tail) }
  for (const { through } of [a, b]) {
    for (const [from, ends] of through) for (const to of ends) addTo(united.through, from, to)
  }
  for (const [from, after] of b.head) raise(united.head, from, after)
  for (const [to, before] of b.tail) raise(united.tail, to, before)
  for (const { inside } of [a, b]) if (inside) extend(united, inside)
  return united
}

function extend(spelling: Spelling, reach: Reach): void {
  spelling.inside = {
    before: Math.max(spelling.inside?.before ?? 0, reach.before),
    after: Math.max(spelling.inside?.after ?? 0, reach.after),
  }
}

function raise(most: Map<number, number>, key: number, value: number | undefined): void {
  if (value !== undefined) most.set(key, Math.max(most.get(key) ?? 0, value))
}

function addTo(sets: Map<number, Set<number>>, key: number, value: number): void {
  const set = sets.get(key)
  if (set) set.add(value)
  else sets.set(key, new Set([value]))
}
