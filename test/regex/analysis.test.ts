import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  allSets,
  fixedPrefix,
  leadingSets,
  literalPositions,
  measureWidths,
  parsePattern,
  printPattern,
  type Ranges,
  requiredAnchors,
} from '../../src/regex/index.ts'
import { randomPattern, randomText } from '../support/random-pattern.ts'

/** Every match of a random pattern in a random text, as [start, end]. */
function forEachMatch(check: (pattern: string, text: string, start: number, end: number) => void): void {
  fc.assert(
    fc.property(randomPattern, randomText, (pattern, text) => {
      const regex = new RegExp(printPattern(parsePattern(pattern, 're2').node), 'g')
      for (const match of text.matchAll(regex))
        check(pattern, text, match.index, match.index + match[0].length)
    }),
    { numRuns: 1500 },
  )
}

test('a match is as wide as the pattern says', () => {
  forEachMatch((pattern, _text, start, end) => {
    const { min, max } = measureWidths(parsePattern(pattern, 're2').node)
    expect(end - start).toBeGreaterThanOrEqual(min)
    expect(end - start).toBeLessThanOrEqual(max)
  })
})

test('every character of a match is one that the pattern has somewhere', () => {
  forEachMatch((pattern, text, start, end) => {
    const sets = allSets(parsePattern(pattern, 're2').node)
    for (const character of text.slice(start, end)) expect(holds(sets, character)).toBe(true)
  })
})

test('a match starts with its lead', () => {
  forEachMatch((pattern, text, start, end) => {
    const { guard, sets, startsWord, startsLine } = leadingSets(parsePattern(pattern, 're2'))
    const isAt = (at: number) => sets.every((ranges, i) => at + i < end && holds(ranges, text.charAt(at + i)))
    if (guard === undefined) expect(isAt(start)).toBe(true)
    else expect((start === 0 && isAt(0)) || (holds(guard, text.charAt(start)) && isAt(start + 1))).toBe(true)
    if (startsWord) expect(text.charAt(start - 1)).not.toMatch(/\w/)
    if (startsLine) expect(text.charAt(start - 1)).toMatch(/^\n?$/)
  })
})

test('a match holds one of the anchors where the anchor says, and what follows it', () => {
  let held = 0
  forEachMatch((pattern, text, start, end) => {
    const anchors = requiredAnchors(parsePattern(pattern, 're2'), { minLength: 1 })
    if (!anchors) return
    held++
    const lower = text.toLowerCase()
    const found = anchors.some(({ literal, before, leastBefore, after, tail, mark }) =>
      Array.from({ length: end - start + 1 }, (_, i) => start + i).some(
        at =>
          at + literal.length <= end &&
          lower.startsWith(literal, at) &&
          at - start <= before &&
          at - start >= leastBefore &&
          end - at - literal.length <= after &&
          tail.sets.every((ranges, i) => holds(ranges, text.charAt(at + literal.length + i))) &&
          (mark === undefined || text.slice(at + literal.length, end).includes(String.fromCharCode(mark))),
      ),
    )
    expect(found).toBe(true)
  })
  expect(held).toBeGreaterThan(100)
})

test('behind an anchor what may be left out does not hide what comes next', () => {
  const pattern = parsePattern('acme["\']?\\s{0,3}(?:=|:=)[0-9]{20,}', 're2')
  const [anchor] = requiredAnchors(pattern) ?? []
  const isTail = (text: string) => anchor?.tail.sets.every((ranges, i) => holds(ranges, text.charAt(i)))
  const digits = '7'.repeat(20)
  expect(['=', '"=', ' :=', '"   =', ':='].filter(text => !isTail(text + digits))).toEqual([])
  expect(['s=', '.=', '7', ' is ='].filter(text => isTail(text + digits))).toEqual([])
})

test.each([
  ['acme://[a-z]{1,9}:[^@]{3,99}@[a-z]{1,9}', '@'],
  ['acme[a-z]{0,9}(?:[0-9]{2}[|]x){1,2}', '|'],
  ['acme@[a-z]{1,9}', undefined],
  ['acme[a-z]{1,9}(?:@|#)', undefined],
  ['acme[a-z]{1,9}(?:@x)?', undefined],
])('behind the anchor of %s stands %s', (pattern, mark) => {
  const anchors = requiredAnchors(parsePattern(pattern, 're2')) ?? []
  expect(anchors.map(({ mark }) => mark && String.fromCharCode(mark))).toEqual([mark])
})

test('a match starts with the fixed prefix', () => {
  forEachMatch((pattern, text, start) => {
    const prefix = fixedPrefix(parsePattern(pattern, 're2'))
    if (prefix !== undefined) expect(text.startsWith(prefix, start)).toBe(true)
  })
})

test.each<
  [pattern: string, anchors: [literal: string, leastBefore: number, before: number, after: number][]]
>([
  ['acme_[0-9a-z]{24}', [['acme_', 0, 0, 24]]],
  ['(?i)acme.{0,20}[=:]', [['acme', 0, 0, 21]]],
  [
    '(?:foo_|bar_)[0-9]{2}',
    [
      ['bar_', 0, 0, 2],
      ['foo_', 0, 0, 2],
    ],
  ],
  ['[a-z]{2,5}://', [['://', 2, 5, 0]]],
  ['x{0,3}tok_y+', [['tok_y', 0, 3, Number.POSITIVE_INFINITY]]],
  [
    '(?:abcd|abcdef)z',
    [
      ['abcdefz', 0, 0, 0],
      ['abcdz', 0, 0, 0],
    ],
  ],
])('%s is searched around its literals', (pattern, anchors) => {
  const found = requiredAnchors(parsePattern(pattern, 're2'))
  expect(
    found?.map(({ literal, leastBefore, before, after }) => [literal, leastBefore, before, after]),
  ).toEqual(anchors)
})

test.each(['[a-z]{20}', 'ab', 'a|bcd', '(?:foo)?[0-9]+', '.*'])(
  '%s has no literal of three characters',
  pattern => {
    expect(requiredAnchors(parsePattern(pattern, 're2'))).toBeUndefined()
  },
)

test('a keyword counts as a literal of the regex wherever the regex spells it out', () => {
  const pattern = parsePattern('(?i)a[ck]me[-_]?key', 're2')
  const spelled = ['acme', 'akme', 'acme_key', 'ACMEKEY', 'me-k', 'e']
  expect(spelled.filter(keyword => literalPositions(pattern, keyword) === undefined)).toEqual([])
  const strange = ['abme', 'acme__key', 'keys', '']
  expect(strange.filter(keyword => literalPositions(pattern, keyword) !== undefined)).toEqual([])
})

function holds(ranges: Ranges, character: string): boolean {
  const code = character.charCodeAt(0)
  return ranges.some(([low, high]) => low <= code && code <= high)
}
