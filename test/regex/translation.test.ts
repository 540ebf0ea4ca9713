import fc from 'fast-check'
import { RE2JS } from 're2js'
import { expect, test } from 'vitest'
import { readBuiltInRules } from '../../src/commands/rule-files.ts'
import { type Dialect, parsePattern, printPattern } from '../../src/regex/index.ts'
import { randomPattern, randomText } from '../support/random-pattern.ts'

test('a translated pattern matches where and what RE2 matches', () => {
  fc.assert(
    fc.property(randomPattern, randomText, (pattern, text) => {
      const [ours, theirs] = [firstMatch(pattern, text), firstMatchOfRe2(pattern, text)]
      if (repeatsCapture(pattern)) expect(ours?.[0]).toEqual(theirs?.[0])
      else expect(ours).toEqual(theirs)
    }),
    { numRuns: 2000 },
  )
})

/** JavaScript forgets a capture at each new round of the repetition around it (ECMA-262, RepeatMatcher), RE2 keeps the last. */
function repeatsCapture(pattern: string): boolean {
  const open: boolean[] = []
  for (let at = 0; at < pattern.length; at++) {
    if (pattern[at] === '(') open.push(pattern[at + 1] !== '?')
    if (pattern[at] !== ')') continue
    const holdsCapture = open.pop() ?? false
    if (holdsCapture && /[*+?{]/.test(pattern[at + 1] ?? '')) return true
    if (holdsCapture && open.length > 0) open[open.length - 1] = true
  }
  return false
}

test('captures in a repetition are told from others', () => {
  const patterns = ['(?:(a)|b)*', '((?:a)*)b', '(a)+', '(?:a)*(b)', '(?:(?:(a)|b)c)?']
  expect(patterns.map(repeatsCapture)).toEqual([true, false, true, false, true])
})

test('built-in patterns match their examples as in RE2', () => {
  const differences = readBuiltInRules().flatMap(({ file }) =>
    file.rules.flatMap(({ id, regex, examples, counterexamples }) => {
      if (regex === undefined || !isAccepted(regex)) return []
      const texts = [...examples, ...counterexamples].map(pieces => pieces.join('')).filter(isAscii)
      const differs = texts.some(
        text => JSON.stringify(firstMatch(regex, text)) !== JSON.stringify(firstMatchOfRe2(regex, text)),
      )
      return differs ? [id] : []
    }),
  )
  expect(differences).toEqual([])
})

test.each<[pattern: string, source: string, dialect?: Dialect]>([
  ['(?i)ab', '[Aa][Bb]'],
  ['a(?i)b(?-i)c', 'a[Bb]c'],
  ['(?i:a)b', '[Aa]b'],
  ['(?s).', '[\\s\\S]'],
  ['.', '[^\\n]'],
  ['(?P<name>a)', '(a)'],
  ['\\Qa.b\\E+', 'a\\.b+'],
  ['(?m)^a$', '(?<![^\\n])a(?![^\\n])'],
  ['\\Aa\\z', '^a$'],
  ['[[:xdigit:]]', '[\\dA-Fa-f]'],
  ['(?U)a+', 'a+?'],
  ['\\x41\\x{42}\\103', 'ABC'],
  ['é', '\\xc3\\xa9'],
  ['[é-ë]', '\\xc3[\\xa9-\\xab]'],
  ['[^a]', '[^a]'],
  ['(?x) a b # comment', 'ab', 'rust'],
  ['[a-z&&[^aeiou]]', '[b-df-hj-np-tv-z]', 'rust'],
  ['a++', 'a+', 'rust'],
])('%s becomes %s', (pattern, source, dialect = 're2') => {
  expect(printPattern(parsePattern(pattern, dialect).node)).toBe(source)
})

test.each<[pattern: string, problem: RegExp, dialect?: Dialect]>([
  ['a(?=b)', /look-around is not supported at offset 1/],
  ['(?<!a)b', /look-around is not supported at offset 0/],
  ['(a)\\1', /back-references such as \\1/],
  ['(?>a)', /atomic groups/],
  ['(a', /without its closing parenthesis at offset 0/],
  ['a)', /closing parenthesis without its opening one at offset 1/],
  ['[a', /class without its closing bracket/],
  ['*a', /nothing to repeat at offset 0/],
  ['a**', /quantifier after a quantifier/],
  ['a{1001}', /repetition above 1000/],
  ['a{3,2}', /wrong way round/],
  ['[b-a]', /ends before it starts/],
  ['(?P<n>a)(?P<n>b)', /second group called n/],
  ['\\pX{1', /there is no Unicode class/],
  ['a{', /no repetition/, 'rust'],
  ['(?y)a', /the flag y is not supported/],
  ['a\\', /backslash at the end/],
  [`${'('.repeat(251)}a${')'.repeat(251)}`, /nested deeper than 250/],
])('%s is refused', (pattern, problem, dialect = 're2') => {
  expect(() => parsePattern(pattern, dialect)).toThrow(problem)
})

/** Start, end and groups of the first match. */
type Found = (readonly [number, number] | null)[] | null

function firstMatch(pattern: string, text: string): Found {
  const match = new RegExp(printPattern(parsePattern(pattern, 're2').node), 'd').exec(text)
  return match && Array.from(match.indices ?? [], span => span ?? null)
}

function firstMatchOfRe2(pattern: string, text: string): Found {
  const matcher = RE2JS.compile(pattern).matcher(text)
  if (!matcher.find()) return null
  return Array.from({ length: matcher.groupCount() + 1 }, (_, group) => {
    const start = matcher.start(group)
    return start < 0 ? null : [start, matcher.end(group)]
  })
}

/** RE2 bounds the product of nested repetitions; we do not, as we run them on windows. */
function isAccepted(pattern: string): boolean {
  try {
    RE2JS.compile(pattern)
    return true
  } catch (error) {
    expect(String(error)).toMatch(/invalid repeat count/)
    return false
  }
}

function isAscii(text: string): boolean {
  return !/[^\0-\x7f]/.test(text)
}
