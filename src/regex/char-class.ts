import { composeChoice, composeSet } from './compose.ts'
import { complementRanges, hasRange, intersectRanges, mergeRanges, uniteRanges } from './ranges.ts'
import type { Dialect, Node, Ranges } from './types.ts'
import { composeUtf8 } from './utf8-sequences.ts'

/**
 * What one item of a pattern may match. `bytes` are single characters of the Latin-1 view; `points` are code
 * points from U+0080 up, which stand there as their UTF-8 bytes. "Everything but x" has all high bytes in `bytes`
 * and no points, so that it matches any byte, in valid UTF-8 or not.
 */
export interface CharClass {
  bytes: Ranges
  points: Ranges
}

const lastPoint = 0x10ffff

export function classOfBytes(...ranges: Ranges): CharClass {
  return { bytes: mergeRanges(ranges), points: [] }
}

export function classOfPoints(ranges: Ranges): CharClass {
  return settle({
    bytes: intersectRanges(ranges, [[0, 0x7f]]),
    points: intersectRanges(mergeRanges(ranges), [[0x80, lastPoint]]),
  })
}

export function uniteClasses(a: CharClass, b: CharClass): CharClass {
  return settle({ bytes: uniteRanges(a.bytes, b.bytes), points: uniteRanges(a.points, b.points) })
}

export function negateClass({ bytes, points }: CharClass): CharClass {
  if (points.length === 0) return { bytes: complementRanges(bytes, 0, 0xff), points: [] }
  return settle({
    bytes: complementRanges(bytes, 0, 0x7f),
    points: complementRanges(points, 0x80, lastPoint),
  })
}

export function intersectClasses(a: CharClass, b: CharClass): CharClass {
  return settle({
    bytes: intersectRanges(a.bytes, b.bytes),
    points: mergeRanges([
      ...intersectRanges(a.points, b.points),
      ...(hasAllHighBytes(a) ? b.points : []),
      ...(hasAllHighBytes(b) ? a.points : []),
    ]),
  })
}

/** Adds the other case of every member: ASCII, and in RE2 also beyond, except that no ASCII letter folds to a non-ASCII one. */
export function foldClass({ bytes, points }: CharClass, dialect: Dialect): CharClass {
  const shift = (low: number, high: number, by: number): Ranges =>
    intersectRanges(bytes, [[low, high]]).map(([from, to]) => [from + by, to + by])
  const folded = mergeRanges([...bytes, ...shift(0x41, 0x5a, 0x20), ...shift(0x61, 0x7a, -0x20)])
  if (dialect === 'rust' || points.length === 0) return { bytes: folded, points }
  return uniteClasses({ bytes: folded, points }, classOfPoints(mergeRanges(otherCases(points))))
}

export function classNode({ bytes, points }: CharClass): Node {
  const single = composeSet(bytes)
  if (points.length === 0) return single
  const several = composeUtf8(points)
  return bytes.length === 0 ? several : composeChoice([single, several])
}

/** Keeps the invariant: all high bytes, or points, never both. */
function settle(set: CharClass): CharClass {
  if (hasAllHighBytes(set)) return { bytes: set.bytes, points: [] }
  const surrogates = uniteRanges(set.points, [[0xd800, 0xdfff]])
  if (!hasRange(surrogates, 0x80, lastPoint)) return set
  return { bytes: uniteRanges(set.bytes, [[0x80, 0xff]]), points: [] }
}

function hasAllHighBytes(set: CharClass): boolean {
  return hasRange(set.bytes, 0x80, 0xff)
}

function otherCases(points: Ranges): [number, number][] {
  const cases: [number, number][] = []
  for (const [low, high] of points) {
    for (let point = low; point <= high; point++) {
      const letter = String.fromCodePoint(point)
      for (const other of [letter.toLowerCase(), letter.toUpperCase()]) {
        const code = other.codePointAt(0)
        if (code === undefined || code === point || other.length !== String.fromCodePoint(code).length)
          continue
        cases.push([code, code])
      }
    }
  }
  return cases
}
