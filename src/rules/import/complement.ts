import { complementRanges, type Node, parsePattern, printPattern, type Ranges } from '../../regex/index.ts'

/**
 * A regex for the texts that another does not match. Only for those that count characters of a class: `[0-9]`,
 * `^(?:[^0-9]*[0-9]){2}`. Undefined for others.
 */
export function complement(source: string): string | undefined {
  const { node } = parsePattern(source, 're2')
  if (node.type === 'set') return fewerThan(1, node.ranges)
  if (node.type !== 'sequence' || node.items[0]?.type !== 'assert' || node.items[0].kind !== 'text-start')
    return undefined
  const [, repeat, ...rest] = node.items
  if (repeat?.type !== 'repeat' || rest.length > 0) return undefined
  const counted = countedSet(repeat.item)
  return counted && fewerThan(repeat.min, counted)
}

/** Texts with fewer characters of a class than a count. */
export function fewerThan(count: number, ranges: Ranges): string {
  const others = `${printPattern({ type: 'set', ranges: complementRanges(ranges, 0, 0xff) }, 're2')}*`
  const one = `${printPattern({ type: 'set', ranges }, 're2')}${others}`
  const some = count <= 1 ? '' : `(?:${one}){0,${count - 1}}`
  return `^${others}${some}$`
}

/** X of `[^X]*[X]`. */
function countedSet(node: Node): Ranges | undefined {
  if (node.type !== 'sequence' || node.items.length !== 2) return undefined
  const [before, last] = node.items
  if (before?.type !== 'repeat' || before.min !== 0 || before.max !== Infinity) return undefined
  if (before.item.type !== 'set' || last?.type !== 'set') return undefined
  const others = complementRanges(last.ranges, 0, 0xff)
  return JSON.stringify(others) === JSON.stringify(before.item.ranges) ? last.ranges : undefined
}
