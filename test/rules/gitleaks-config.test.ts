import { expect, test } from 'vitest'
import { readGitleaksConfig } from '../../src/rules/gitleaks/read-gitleaks-config.ts'

test('keys count in any case, unknown ones are passed over, the older form of allowlists is read', () => {
  const config = readGitleaksConfig(
    'g',
    'title = "x"\n[EXTEND]\nuseDefault = true\n[[rules]]\nID = "a"\nRegex = "b"\nunknown = 1\n[rules.allowlist]\nregexTarget = "line"\nregexes = ["c"]\n[allowlist]\npaths = ["d"]\n',
  )
  expect({
    extend: config.extend.usedefault,
    rule: config.rules[0]?.id,
    own: config.rules[0]?.allowlists[0]?.regextarget,
    global: config.allowlists[0]?.paths,
  }).toEqual({ extend: true, rule: 'a', own: 'line', global: ['d'] })
})

const mistakes: [source: string, said: string][] = [
  ['[[rules]\n', 'g:1:'],
  ['[[rules]]\nid = 3', 'g: field "rules.0.id": got 3'],
  [
    '[allowlist]\npaths = ["a"]\n[[allowlists]]\npaths = ["b"]',
    'g: [allowlist] and [[allowlists]] exclude each other',
  ],
  ['[[allowlists]]\ndescription = "x"', 'g: an allowlist that checks nothing'],
  [
    '[[rules]]\nid = "a"\n[[rules.allowlists]]\npaths = ["x"]\ncondition = "XOR"',
    'g: rule "a": condition "XOR" is not known',
  ],
]

test.each(mistakes)('%j is refused', (source, said) => {
  expect(() => readGitleaksConfig('g', source)).toThrow(said)
})
