import { composeRepeat } from './compose.ts'
import type { Cursor } from './cursor.ts'
import type { Node } from './types.ts'

/** Most repetitions that a pattern may ask for in figures: RE2's own bound, and one for Rust, which bounds memory instead. */
const maxCount = { re2: 1000, rust: 65_535 } as const

/** Wraps `item` in the quantifiers that come next. RE2 refuses a second one; Rust nests it. */
export function parseQuantifiers(cursor: Cursor, item: Node): Node {
  let node = item
  for (let count = 0; ; count++) {
    cursor.skipVerbose()
    const start = cursor.at
    const range = takeRange(cursor)
    if (!range) return node
    if (count > 0 && cursor.dialect === 're2') cursor.fail('a quantifier after a quantifier', start)
    const lazy = cursor.take('?')
    node = composeRepeat(node, range[0], range[1], lazy !== cursor.flags.swapGreed)
  }
}

/** Steps over a quantifier that has nothing before it, which is an error in both dialects. */
export function refuseLoneQuantifier(cursor: Cursor): void {
  const start = cursor.at
  if (takeRange(cursor)) cursor.fail('a quantifier with nothing to repeat', start)
}

function takeRange(cursor: Cursor): [min: number, max: number] | undefined {
  if (cursor.take('*')) return [0, Infinity]
  if (cursor.take('+')) return [1, Infinity]
  if (cursor.take('?')) return [0, 1]
  return cursor.next === '{' ? takeCounts(cursor) : undefined
}

/** `{2}`, `{2,}`, `{2,5}`, and in Rust `{,5}`. Any other brace is a literal in RE2 and an error in Rust. */
function takeCounts(cursor: Cursor): [number, number] | undefined {
  const start = cursor.at
  const spaced = cursor.dialect === 'rust' && cursor.flags.verbose
  const match = cursor.takeMatch(spaced ? /\{\s*(\d*)\s*(,?)\s*(\d*)\s*\}/y : /\{(\d*)(,?)(\d*)\}/y)
  const [, low = '', comma = '', high = ''] = match ?? []
  if (!match || (low === '' && (cursor.dialect === 're2' || high === ''))) {
    if (cursor.dialect === 'rust') cursor.fail('a brace that is no repetition', start)
    cursor.at = start
    return undefined
  }
  const min = Number(low || 0)
  const max = high !== '' ? Number(high) : comma ? Infinity : min
  const limit = maxCount[cursor.dialect]
  if (min > limit || (max !== Infinity && max > limit)) cursor.fail(`a repetition above ${limit}`, start)
  if (max < min) cursor.fail('a repetition whose bounds are the wrong way round', start)
  return [min, max]
}
