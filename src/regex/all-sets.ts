import { uniteRanges } from './ranges.ts'
import type { Node, Ranges } from './types.ts'

/** Every character that can occur in a match: text that a match lies in ends, at the latest, before any other one. */
export function allSets(node: Node): Ranges {
  switch (node.type) {
    case 'empty':
    case 'assert':
      return []
    case 'set':
      return node.ranges
    case 'group':
      return allSets(node.item)
    case 'repeat':
      return node.max === 0 ? [] : allSets(node.item)
    case 'sequence':
      return node.items.map(allSets).reduce(uniteRanges, [])
    case 'choice':
      return node.options.map(allSets).reduce(uniteRanges, [])
  }
}
