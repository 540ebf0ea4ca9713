import { composeRepeat } from './compose.ts'
import { joinTexts, listFiniteTexts } from './finite-texts.ts'
import { joinSets, meetSets, readEnds } from './leading-sets.ts'
import { estimateRarity } from './literal-rarity.ts'
import { findMark } from './marks.ts'
import { mergeRanges } from './ranges.ts'
import type { Anchor, Node, Pattern, Sets } from './types.ts'
import { measureWidths, times, type Widths } from './widths.ts'

/** Longest literal: a longer one finds nothing more, and makes the automaton larger. */
const maxLength = 24
/** Literals rarer than this, in bits, are hardly ever hit, so that mostly their reach matters. */
const rareEnough = 30
/** The estimate errs with words: a bit more beyond it counts this much, up to `rarest`. */
const spareWorth = 0.02
const rarest = 60
/** Of literals that are taken for equally rare the longer one is rarer, by whatever follows a common word in others. */
const lengthWorth = 0.001
/** Anything may follow. */
const unknown: Sets = { sets: [], whole: false }
/** What an unbounded side counts as in the cost of a window, in characters. */
const unboundedReach = 4096

/**
 * A small set of literals such that every match holds at least one of them, ASCII case ignored; undefined when
 * there is none whose literals all have `minLength` characters (3 when not given; 4 and more are preferred).
 * The choice minimises hits times window.
 */
export function requiredAnchors(
  pattern: Pattern,
  options: { minLength?: number } = {},
): Anchor[] | undefined {
  const minLength = options.minLength ?? 3
  const best = chooseAnchors(pattern.node, anchors =>
    anchors.every(anchor => anchor.literal.length >= minLength) ? mergeAnchors(anchors) : undefined,
  )
  return best && [...best.anchors].sort((a, b) => (a.literal < b.literal ? -1 : 1))
}

interface Choice {
  anchors: readonly Anchor[]
  score: number
}

/** Gives the anchors in the form that is to be used, or undefined when they cannot be. */
type Admit = (anchors: readonly Anchor[]) => readonly Anchor[] | undefined

function chooseAnchors(node: Node, admit: Admit): Choice | undefined {
  const items = flatten(node)
  const widths = items.map(measureWidths)
  const tails = readEnds(items)
  let best: Choice | undefined
  const offer = (anchors: readonly Anchor[]): void => {
    const admitted = admit(anchors)
    const score = admitted && scoreAnchors(admitted)
    if (score !== undefined && (!best || score > best.score)) best = { anchors: admitted!, score }
  }
  let before = 0
  let leastBefore = 0
  for (let from = 0; from < items.length; from++) {
    const inner = chooseWithin(items[from]!, admit)
    const around = { before, leastBefore, after: maxFrom(widths, from + 1), tail: tails[from + 1]! }
    if (inner) offer(shiftAnchors(inner.anchors, { ...around, mark: findMark(items.slice(from + 1)) }))
    let texts: readonly string[] | undefined = ['']
    for (let to = from; to < items.length; to++) {
      texts = joinTexts(texts, listFiniteTexts(items[to]!))
      if (!texts || texts.some(text => text.length > maxLength)) break
      const after = maxFrom(widths, to + 1)
      const around = { before, leastBefore, after, tail: tails[to + 1]!, mark: findMark(items.slice(to + 1)) }
      offer(texts.map(literal => ({ literal, ...around })))
    }
    before += widths[from]!.max
    leastBefore += widths[from]!.min
  }
  return best
}

/** The items of a sequence through its groups, each repeat split into what must be there and what may follow. */
function flatten(node: Node): Node[] {
  switch (node.type) {
    case 'group':
      return flatten(node.item)
    case 'sequence':
      return node.items.flatMap(flatten)
    case 'repeat':
      if (node.min === 0 || node.min === node.max) return [node]
      return [
        ...flatten(composeRepeat(node.item, node.min, node.min, false)),
        composeRepeat(node.item, 0, node.max - node.min, node.lazy),
      ]
    default:
      return [node]
  }
}

/** Anchors inside one item: each option of a choice has its own. */
function chooseWithin(node: Node, admit: Admit): Choice | undefined {
  if (node.type === 'repeat' && node.min > 0) {
    const inner = chooseAnchors(node.item, admit)
    const others = times(measureWidths(node.item).max, node.max - 1)
    const around = { before: 0, leastBefore: 0, after: others, tail: unknown }
    return inner && { ...inner, anchors: shiftAnchors(inner.anchors, around) }
  }
  if (node.type !== 'choice') return undefined
  const options = node.options.map(option => chooseAnchors(option, admit))
  if (!options.every(option => option !== undefined)) return undefined
  const anchors = mergeAnchors(options.flatMap(option => option.anchors))
  return { anchors, score: scoreAnchors(anchors) }
}

function shiftAnchors(anchors: readonly Anchor[], by: Omit<Anchor, 'literal'>): Anchor[] {
  return anchors.map(anchor => ({
    literal: anchor.literal,
    before: anchor.before + by.before,
    leastBefore: anchor.leastBefore + by.leastBefore,
    after: anchor.after + by.after,
    tail: joinSets(anchor.tail, by.tail),
    mark: anchor.mark ?? by.mark,
  }))
}

/** Drops a literal that holds another one, which then reaches as far for it. */
function mergeAnchors(anchors: readonly Anchor[]): Anchor[] {
  const kept: Anchor[] = []
  for (const anchor of [...anchors].sort((a, b) => a.literal.length - b.literal.length)) {
    const shorter = kept.find(other => anchor.literal.includes(other.literal))
    if (!shorter) {
      kept.push({ ...anchor })
      continue
    }
    const offset = anchor.literal.indexOf(shorter.literal)
    shorter.before = Math.max(shorter.before, anchor.before + offset)
    shorter.leastBefore = Math.min(shorter.leastBefore, anchor.leastBefore + offset)
    const rest = anchor.literal.slice(offset + shorter.literal.length)
    shorter.after = Math.max(shorter.after, anchor.after + rest.length)
    if (anchor.mark !== shorter.mark) shorter.mark = undefined
    shorter.tail = meetSets(shorter.tail, joinSets(readText(rest), anchor.tail))
  }
  return kept
}

/** Bits of work saved: rarity of the set, less the text that a hit makes us look at, less a little for each literal. */
function scoreAnchors(anchors: readonly Anchor[]): number {
  if (anchors.length === 0) return Number.NEGATIVE_INFINITY
  const isFixed = anchors.every(anchor => anchor.before - anchor.leastBefore <= 1)
  const rates = anchors.map(({ literal }) => 2 ** -estimateRarity(literal))
  const rarity = -Math.log2(rates.reduce((total, rate) => total + rate, 0))
  const before = Math.max(...anchors.map(anchor => anchor.before))
  const after = Math.max(...anchors.map(anchor => anchor.after))
  const window = isFixed ? 0 : Math.min(before, unboundedReach) + Math.min(after, unboundedReach)
  const shortest = Math.min(...anchors.map(anchor => anchor.literal.length))
  return (
    Math.min(rarity, rareEnough) +
    spareWorth * (Math.min(rarity, rarest) - Math.min(rarity, rareEnough)) -
    Math.log2(window + 16) -
    0.1 * anchors.length -
    (shortest < 4 ? (isFixed ? 2 : 4) : 0) -
    (before === Infinity ? 8 : 0) +
    lengthWorth * shortest
  )
}

/** A lower-cased text, which stands for all its spellings. */
function readText(text: string): Sets {
  return { sets: Array.from(text, character => mergeRanges(bothCases(character))), whole: true }
}

function bothCases(character: string): [number, number][] {
  const code = character.charCodeAt(0)
  const upper = code >= 0x61 && code <= 0x7a ? code - 0x20 : code
  return [
    [code, code],
    [upper, upper],
  ]
}

function maxFrom(widths: readonly Widths[], from: number): number {
  return widths.slice(from).reduce((total, { max }) => total + max, 0)
}
