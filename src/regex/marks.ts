import type { Node } from './types.ts'

/** Punctuation that source text has seldom enough to look for, rarest first. */
const marks = Array.from('@|{~^#%$!&*?;}<>+', character => character.charCodeAt(0))

/** The rarest of some punctuation that stands in all that a sequence matches, as its code; undefined when none does. */
export function findMark(items: readonly Node[]): number | undefined {
  const certain = new Set(items.flatMap(certainCodes))
  return marks.find(code => certain.has(code))
}

/** Codes of characters that stand in every match. */
function certainCodes(node: Node): number[] {
  switch (node.type) {
    case 'set': {
      const [[from, to] = [0, -1], ...others] = node.ranges
      return from === to && others.length === 0 ? [from] : []
    }
    case 'group':
      return certainCodes(node.item)
    case 'sequence':
      return node.items.flatMap(certainCodes)
    case 'repeat':
      return node.min > 0 ? certainCodes(node.item) : []
    default:
      return []
  }
}
