import { mergeRanges, uniteRanges } from './ranges.ts'
import type { Node, Ranges } from './types.ts'
import { hasGroup, isNullable } from './widths.ts'

/** The pattern that matches the empty string. */
export const empty: Node = { type: 'empty' }

export function composeSet(ranges: Ranges): Node {
  return { type: 'set', ranges: mergeRanges(ranges) }
}

/** A flat sequence without empty items. */
export function composeSequence(items: readonly Node[]): Node {
  const flat = items.flatMap(item =>
    item.type === 'sequence' ? item.items : item.type === 'empty' ? [] : item,
  )
  return flat.length === 0 ? empty : flat.length === 1 ? flat[0]! : { type: 'sequence', items: flat }
}

/** A flat choice; neighbours that are one character each become one set, which changes no preference. */
export function composeChoice(options: readonly Node[]): Node {
  const flat: Node[] = []
  for (const option of options.flatMap(option => (option.type === 'choice' ? option.options : option))) {
    const last = flat.at(-1)
    if (option.type === 'set' && last?.type === 'set') {
      flat[flat.length - 1] = { type: 'set', ranges: uniteRanges(last.ranges, option.ranges) }
    } else flat.push(option)
  }
  return flat.length === 1 ? flat[0]! : { type: 'choice', options: flat }
}

export function composeRepeat(item: Node, min: number, max: number, lazy: boolean): Node {
  if (item.type === 'empty' || (max === 0 && !hasGroup(item))) return empty
  if (min === 1 && max === 1) return item
  if (!lazy && min <= 1 && isPlainLoop(item)) {
    return { type: 'repeat', item: item.item, min: min * item.min, max: Infinity, lazy: false }
  }
  return { type: 'repeat', item, min, max, lazy }
}

/** The same without capture groups. */
export function withoutGroups(node: Node): Node {
  switch (node.type) {
    case 'group':
      return withoutGroups(node.item)
    case 'sequence':
      return composeSequence(node.items.map(withoutGroups))
    case 'choice':
      return composeChoice(node.options.map(withoutGroups))
    case 'repeat':
      return composeRepeat(withoutGroups(node.item), node.min, node.max, node.lazy)
    default:
      return node
  }
}

/** Whether a greedy repeat around it says nothing new: `(?:x+)*` is `x*`, with the same preferences. */
function isPlainLoop(node: Node): node is Extract<Node, { type: 'repeat' }> {
  return (
    node.type === 'repeat' &&
    !node.lazy &&
    node.min <= 1 &&
    node.max === Infinity &&
    !hasGroup(node.item) &&
    !isNullable(node.item)
  )
}
