import type { Node } from './types.ts'

/** Fewest and most characters that a match takes; `max` is Infinity where there is no bound. */
export interface Widths {
  min: number
  max: number
}

const known = new WeakMap<Node, Widths>()

export function measureWidths(node: Node): Widths {
  let widths = known.get(node)
  if (!widths) {
    widths = computeWidths(node)
    known.set(node, widths)
  }
  return widths
}

function computeWidths(node: Node): Widths {
  switch (node.type) {
    case 'empty':
    case 'assert':
      return { min: 0, max: 0 }
    case 'set':
      return { min: 1, max: 1 }
    case 'sequence': {
      const parts = node.items.map(measureWidths)
      return { min: sum(parts.map(part => part.min)), max: sum(parts.map(part => part.max)) }
    }
    case 'choice': {
      const parts = node.options.map(measureWidths)
      return { min: Math.min(...parts.map(part => part.min)), max: Math.max(...parts.map(part => part.max)) }
    }
    case 'repeat': {
      const { min, max } = measureWidths(node.item)
      return { min: times(min, node.min), max: times(max, node.max) }
    }
    case 'group':
      return measureWidths(node.item)
  }
}

/** Whether it can match the empty string (assertions taken to hold). */
export function isNullable(node: Node): boolean {
  return measureWidths(node).min === 0
}

export function hasGroup(node: Node): boolean {
  switch (node.type) {
    case 'group':
      return true
    case 'sequence':
      return node.items.some(hasGroup)
    case 'choice':
      return node.options.some(hasGroup)
    case 'repeat':
      return hasGroup(node.item)
    default:
      return false
  }
}

/** A product in which nothing, repeated without end, stays nothing. */
export function times(width: number, count: number): number {
  return width === 0 || count === 0 ? 0 : width * count
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
