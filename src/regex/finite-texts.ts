import type { Node, Ranges } from './types.ts'

/** Most texts that a set of literals may grow to. */
export const maxTexts = 64

const known = new WeakMap<Node, readonly string[] | 'many'>()

/** Every text that the pattern matches, ASCII letters lower-cased, without repetition; undefined when there are more than `maxTexts`. */
export function listFiniteTexts(node: Node): readonly string[] | undefined {
  let texts = known.get(node)
  if (!texts) {
    texts = computeTexts(node) ?? 'many'
    known.set(node, texts)
  }
  return texts === 'many' ? undefined : texts
}

function computeTexts(node: Node): readonly string[] | undefined {
  switch (node.type) {
    case 'empty':
    case 'assert':
      return ['']
    case 'set':
      return lowerMembers(node.ranges, maxTexts)
    case 'group':
      return listFiniteTexts(node.item)
    case 'sequence': {
      let texts: readonly string[] | undefined = ['']
      for (const item of node.items) texts = joinTexts(texts, listFiniteTexts(item))
      return texts
    }
    case 'choice': {
      const options = node.options.map(listFiniteTexts)
      return options.every(texts => texts !== undefined) ? limitTexts(options.flat()) : undefined
    }
    case 'repeat':
      return repeatTexts(node.item, node.min, node.max)
  }
}

/** Every text of one list followed by every text of another. */
export function joinTexts(
  heads: readonly string[] | undefined,
  tails: readonly string[] | undefined,
): readonly string[] | undefined {
  if (!heads || !tails || heads.length * tails.length > maxTexts) return undefined
  return limitTexts(heads.flatMap(head => tails.map(tail => head + tail)))
}

/** The members of a set, ASCII letters lower-cased; undefined when there are more than `limit`. */
export function lowerMembers(ranges: Ranges, limit: number): readonly string[] | undefined {
  const members = new Set<string>()
  for (const [low, high] of ranges) {
    for (let code = low; code <= high; code++) {
      members.add(String.fromCharCode(code >= 0x41 && code <= 0x5a ? code + 0x20 : code))
      if (members.size > limit) return undefined
    }
  }
  return [...members]
}

function repeatTexts(item: Node, min: number, max: number): readonly string[] | undefined {
  const once = max <= maxTexts ? listFiniteTexts(item) : undefined
  if (!once) return undefined
  let texts: readonly string[] | undefined = ['']
  const all: string[] = []
  for (let count = 0; texts && count <= max; count++) {
    if (count >= min) all.push(...texts)
    if (count < max) texts = joinTexts(texts, once)
  }
  return texts && limitTexts(all)
}

function limitTexts(texts: readonly string[]): readonly string[] | undefined {
  const distinct = [...new Set(texts)]
  return distinct.length > maxTexts ? undefined : distinct
}
