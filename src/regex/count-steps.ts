import { intersectRanges, uniteRanges } from './ranges.ts'
import type { Node, Pattern, Ranges } from './types.ts'
import { isNullable, measureWidths } from './widths.ts'

/** What an unbounded repeat counts as. */
const MANY = 4096
/** No need to count farther: nobody waits for so many. */
const ENDLESS = 1e15

/** Rounds are counted one by one, and those within rounds multiply: after so many nodes the bound is taken for endless. */
const MOST_VISITS = 100_000

/** Nodes that this count has come by. */
let visits = 0

/** What a match goes on with. */
interface Rest {
  /** Most steps of one attempt at it. */
  steps: number
  /** The characters it can begin with; undefined when it can also be empty, so that anything may follow. */
  first: Ranges | undefined
  /** It cannot fail, so that nothing before it is tried again: the pattern's end, and what may be left out before it. */
  isSure: boolean
}

/**
 * An upper bound on the steps that a backtracking engine takes for an attempt to match at one place: where a repeat can
 * end in several places that the rest may go on from, all of them are tried, and repeats multiply. Endless for
 * patterns such as `(?:a+)+b`. Real attempts mostly fail much sooner.
 */
export function countSteps({ node }: Pattern): number {
  visits = 0
  return count(node, { steps: 1, first: undefined, isSure: true })
}

function count(node: Node, rest: Rest): number {
  if (++visits > MOST_VISITS) return ENDLESS
  switch (node.type) {
    case 'empty':
    case 'assert':
    case 'set':
      return 1 + rest.steps
    case 'group':
      return count(node.item, rest)
    case 'sequence':
      return node.items.reduceRight<Rest>(
        (behind, item) => ({
          steps: count(item, behind),
          first: firstOf(item, behind.first),
          isSure: behind.isSure && isOptional(item),
        }),
        rest,
      ).steps
    case 'choice':
      return countChoice(node.options, rest)
    case 'repeat':
      return node.item.type === 'set' ? countRun(node, node.item.ranges, rest) : countRounds(node, rest)
  }
}

/** Options of which the next character tells the one that counts cost as much as the dearest. */
function countChoice(options: readonly Node[], rest: Rest): number {
  const steps = options.map(option => count(option, rest))
  const firsts = options.map(option => firstOf(option, rest.first))
  const isClear = firsts.every((first, i) => firsts.slice(0, i).every(other => isApart(first, other)))
  return options.length + (isClear ? Math.max(...steps) : sum(steps))
}

/** `[a-z]{3,20}` can end in one place only, if what follows is none of its own characters. */
function countRun({ min, max }: Repeat, ranges: Ranges, rest: Rest): number {
  const most = Math.max(min, Math.min(max, MANY))
  return rest.isSure || isApart(ranges, rest.first) ? most + rest.steps : most + (most - min + 1) * rest.steps
}

function countRounds({ item, min, max }: Repeat, rest: Rest): number {
  const width = Math.max(1, measureWidths(item).min)
  const most = Math.max(min, Math.min(max, Math.ceil(MANY / width)))
  const round = uniteFirsts(firstOf(item, rest.first), rest.first)
  // The next character tells whether there is another round.
  const isClear = !isNullable(item) && isApart(firstOf(item, undefined), rest.first)
  let steps = rest.steps
  for (let left = 1; left <= most && steps < ENDLESS; left++) {
    const follow = left === 1 ? rest.first : round
    const first = isNullable(item) ? undefined : follow
    const isOver = left <= most - min
    const another = count(item, { steps, first, isSure: rest.isSure && isOver })
    steps = !isOver ? another : isClear ? 1 + Math.max(another, rest.steps) : another + rest.steps
  }
  return steps
}

function isOptional(node: Node): boolean {
  if (node.type === 'group') return isOptional(node.item)
  return node.type === 'empty' || (node.type === 'repeat' && node.min === 0)
}

type Repeat = Extract<Node, { type: 'repeat' }>

/** The characters that the node, and where it can be empty what follows it, can begin with. */
function firstOf(node: Node, behind: Ranges | undefined): Ranges | undefined {
  switch (node.type) {
    case 'empty':
      return behind
    case 'assert':
      return node.kind === 'text-end' ? [] : node.kind === 'line-end' ? [[10, 10]] : behind
    case 'set':
      return node.ranges
    case 'group':
      return firstOf(node.item, behind)
    case 'sequence':
      return node.items.reduceRight<Ranges | undefined>((rest, item) => firstOf(item, rest), behind)
    case 'choice':
      return node.options.map(option => firstOf(option, behind)).reduce(uniteFirsts)
    case 'repeat': {
      const first = firstOf(node.item, behind)
      return node.min === 0 ? uniteFirsts(first, behind) : first
    }
  }
}

function uniteFirsts(a: Ranges | undefined, b: Ranges | undefined): Ranges | undefined {
  return a && b && uniteRanges(a, b)
}

function isApart(a: Ranges | undefined, b: Ranges | undefined): boolean {
  return a !== undefined && b !== undefined && intersectRanges(a, b).length === 0
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
