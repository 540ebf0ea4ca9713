import fc from 'fast-check'
import { minimatch } from 'minimatch'
import { expect, test } from 'vitest'
import { matchGlob, matchGlobOrAbove } from '../../src/hygiene/match-glob.ts'

test('patterns match what minimatch says they match', () => {
  const name = fc
    .array(fc.constantFrom('a', 'b', '.', '*', '?', '[ab]', '[^a]'), { minLength: 1, maxLength: 5 })
    .map(parts => parts.join(''))
  const pattern = fc
    .array(fc.oneof(name, fc.constant('**')), { minLength: 1, maxLength: 4 })
    .map(parts => parts.join('/'))
  const path = fc
    .array(fc.stringMatching(/^[ab.]{1,4}$/), { minLength: 1, maxLength: 4 })
    .map(parts => parts.join('/'))
  // Names of dots only are folders to minimatch; so are two stars at the end, to which Docker gives the file itself.
  const isFair = (glob: string, file: string) =>
    !/(?:^|\/)\.+(?:\/|$)/.test(`${glob}\n${file}`.replace(/\n/g, '/')) &&
    !/\*\*.|.\*\*/.test(glob.replace(/(?:^|\/)\*\*(?=\/)/g, ''))
  fc.assert(
    fc.property(pattern, path, (glob, file) => {
      fc.pre(isFair(glob, file))
      expect(matchGlob(glob, file)).toBe(
        minimatch(file, glob, { dot: true, nobrace: true, noext: true, nocomment: true, nonegate: true }),
      )
    }),
    { numRuns: 3000 },
  )
})

test('a folder that matches takes what is below it', () => {
  expect(['.env', 'a/.env', 'b/a/.env'].map(path => matchGlobOrAbove('**/a', path))).toEqual([
    false,
    true,
    true,
  ])
})

test('a pattern of many stars takes no longer than its length allows', () => {
  expect(matchGlob(`${'*a'.repeat(2000)}b`, 'a'.repeat(4000))).toBe(false)
}, 2000)
