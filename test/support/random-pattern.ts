import fc from 'fast-check'
import { measureWidths, parsePattern } from '../../src/regex/index.ts'

/**
 * Patterns over few characters, so that they often match. Nothing is repeated that can be empty: of `(?:|a)*` RE2 takes
 * the empty option and stops, JavaScript goes on.
 */
export const randomPattern: fc.Arbitrary<string> = fc.letrec<{ node: string }>(tie => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('a', 'b', 'c', '_', '0', '-', '\\.', 'abc', 'k_'),
    fc.constantFrom(
      '[a-c]',
      '[^a]',
      '[0-9_]',
      '.',
      '\\w',
      '\\W',
      '\\d',
      '\\s',
      '[[:alpha:]]',
      '[-a]',
      '[^\\n]',
    ),
    fc.constantFrom('^', '$', '\\b', '\\B', '(?:^|[^a-c])', '(?m:^)', '(?m:$)', '\\A', '\\z'),
    fc.tuple(tie('node'), tie('node')).map(([a, b]) => a + b),
    fc.tuple(tie('node'), tie('node')).map(([a, b]) => `(?:${a}|${b})`),
    tie('node').map(node => `(${node})`),
    tie('node').map(node => `(?i:${node})`),
    fc
      .tuple(tie('node'), fc.constantFrom('*', '+', '?', '*?', '+?', '??', '{2}', '{1,3}', '{2,}', '{0,2}?'))
      .map(([node, quantifier]) => (isEmptyable(node) ? node : `(?:${node})${quantifier}`)),
  ),
})).node

/** Texts over the characters of those patterns. */
export const randomText: fc.Arbitrary<string> = fc
  .array(fc.constantFrom('a', 'b', 'c', 'A', '_', '0', '-', '.', ' ', '\n', 'abc', 'k_', 'x'), {
    maxLength: 24,
  })
  .map(pieces => pieces.join(''))

function isEmptyable(pattern: string): boolean {
  return measureWidths(parsePattern(pattern, 're2').node).min === 0
}
