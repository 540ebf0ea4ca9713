import { expect, test } from 'vitest'
import { readKingfisher } from '../../../src/rules/import/kingfisher.ts'
import { readTitus } from '../../../src/rules/import/titus.ts'

const blank = { keywords: [], tags: [], required: [], allowlists: [], counterexamples: [], references: [] }
const list = { paths: [], commits: [], regexes: [], stopwords: [], targetRules: [] }

const text = `rules:
  - name: Example key
    id: kingfisher.example.1
    pattern: |
      (?x) (?# a comment )
      \\b
      (ex_[0-9a-z]{8})   # its form
      \\b
    min_entropy: 2.5
    confidence: low
    visible: false
    categories: [api]
    examples:
      - key = ex_8s2kq0vz
    validation: {type: Http}
  - name: Looks ahead
    id: kingfisher.example.2
    pattern: a(?=b)
`

test('a rule of kingfisher comes with entropy, confidence, visibility and examples in pieces', () => {
  const { rules, liveChecks } = readKingfisher('k.yml', text)
  expect({ rules, liveChecks }).toEqual({
    rules: [
      {
        ...blank,
        id: 'kingfisher-example-1',
        description: 'Example key',
        regex: '\\b(ex_[\\da-z]{8})\\b',
        entropy: 2.5,
        confidence: 0.4,
        skipReport: true,
        exact: true,
        tags: ['api'],
        examples: [['key = ex_8s2', 'kq0vz']],
      },
    ],
    liveChecks: 1,
  })
})

test('what cannot be translated is named by the id that its tool knows', () => {
  const { problems } = readKingfisher('k.yml', text)
  expect(problems.map(({ file, rule, isLost }) => ({ file, rule, isLost }))).toEqual([
    { file: 'k.yml', rule: 'kingfisher.example.2', isLost: true },
  ])
})

test('the requirements of titus are allowlists; a checksum is named', () => {
  const { rules, problems } = readTitus(
    't.yml',
    'rules:\n- id: np.x.1\n  name: X\n  pattern: "x_[0-9a-z]{8}"\n  pattern_requirements:\n    min_digits: 2\n    min_special_chars: 1\n    special_chars: "_-"\n    ignore_if_contains: [TEST]\n    checksum: {}\n',
  )
  expect({ lists: rules[0]?.allowlists, reasons: problems.map(({ reason }) => reason) }).toEqual({
    lists: [
      { ...list, regexes: ['^\\D*(?:\\d\\D*){0,1}$', '^[^\\-_]*$'] },
      { ...list, stopwords: ['TEST'] },
    ],
    reasons: ['its checksum is not evaluated, so it reports more'],
  })
})

test('mistakes name the file and the place', () => {
  expect(() => readTitus('t.yml', 'rules:\n  - id: [\n')).toThrow('t.yml:3:1: not valid YAML: ')
  expect(() => readTitus('t.yml', 'rules:\n- id: a\n')).toThrow('t.yml: field "rules.0.pattern": is missing')
  expect(() => readTitus('t.yml', 'other: 1\n')).toThrow('t.yml: it has no "rules"')
})
