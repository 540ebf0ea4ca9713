import { type Dialect, type Node, parsePattern, printPattern, RegexSyntaxError } from '../../regex/index.ts'

/**
 * A regex of another dialect as our rule files hold it: as it stands where it means the same, else spelled out.
 * @throws RegexSyntaxError for what cannot be read, and for what our syntax cannot say
 */
export function toRe2(source: string, dialect: Dialect): string {
  const { node } = parsePattern(source, dialect)
  const trimmed = source.trim()
  if (meaningOf(trimmed) === printPattern(node)) return trimmed
  const small = splitCounts(node)
  const spelled = printPattern(small, 're2')
  if (meaningOf(spelled) === printPattern(small)) return spelled
  throw new RegexSyntaxError('it tells apart bytes above 127, which rule files cannot say', 0)
}

function meaningOf(source: string): string | undefined {
  try {
    return printPattern(parsePattern(source, 're2').node)
  } catch (error) {
    if (error instanceof RegexSyntaxError) return undefined
    throw error
  }
}

/** RE2 counts no farther. */
const MOST = 1000

/** `x{20,1024}` → `x{20,1000}x{0,24}`, where x is one character. */
function splitCounts(node: Node): Node {
  switch (node.type) {
    case 'sequence':
      return { ...node, items: node.items.flatMap(item => partsOf(splitCounts(item))) }
    case 'choice':
      return { ...node, options: node.options.map(splitCounts) }
    case 'group':
      return { ...node, item: splitCounts(node.item) }
    case 'repeat':
      return node.item.type === 'set' ? splitRepeat(node) : { ...node, item: splitCounts(node.item) }
    default:
      return node
  }
}

function splitRepeat(repeat: Extract<Node, { type: 'repeat' }>): Node {
  const items: Node[] = []
  let { min, max } = repeat
  while (min > MOST || (max > MOST && max !== Infinity)) {
    items.push({ ...repeat, min: Math.min(min, MOST), max: MOST })
    min = Math.max(min - MOST, 0)
    max -= MOST
  }
  return items.length ? { type: 'sequence', items: [...items, { ...repeat, min, max }] } : repeat
}

function partsOf(node: Node): readonly Node[] {
  return node.type === 'sequence' ? node.items : [node]
}
