import type { Node, Pattern } from './types.ts'

/** The literal, in its exact case, that every match starts with; undefined when there is none. */
export function fixedPrefix(pattern: Pattern): string | undefined {
  return readPrefix(pattern.node).text || undefined
}

/** `whole`: the text is all that the node matches, so that what follows in a sequence continues it. */
interface Prefix {
  text: string
  whole: boolean
}

function readPrefix(node: Node): Prefix {
  switch (node.type) {
    case 'empty':
    case 'assert':
      return { text: '', whole: true }
    case 'set':
      return readSet(node)
    case 'group':
      return readPrefix(node.item)
    case 'sequence':
      return joinPrefixes(node.items.map(readPrefix))
    case 'choice':
      return node.options.map(readPrefix).reduce(meet)
    case 'repeat': {
      const once = readPrefix(node.item)
      const copies = joinPrefixes(
        Array.from({ length: once.whole ? node.min : Math.min(node.min, 1) }, () => once),
      )
      return { text: copies.text, whole: copies.whole && node.min === node.max }
    }
  }
}

function readSet({ ranges }: Extract<Node, { type: 'set' }>): Prefix {
  const [first, ...others] = ranges
  if (!first || others.length > 0 || first[0] !== first[1]) return { text: '', whole: false }
  return { text: String.fromCharCode(first[0]), whole: true }
}

function joinPrefixes(prefixes: readonly Prefix[]): Prefix {
  const end = prefixes.findIndex(prefix => !prefix.whole)
  const taken = end < 0 ? prefixes : prefixes.slice(0, end + 1)
  return { text: taken.map(prefix => prefix.text).join(''), whole: end < 0 }
}

function meet(a: Prefix, b: Prefix): Prefix {
  let length = 0
  while (length < a.text.length && a.text[length] === b.text[length]) length++
  const same = a.whole && b.whole && a.text === b.text
  return { text: a.text.slice(0, length), whole: same }
}
