import { expect, test } from 'vitest'
import { guessFormat } from '../../../src/rules/import/guess-format.ts'

const texts: [text: string, format: string | undefined][] = [
  ['title = "x"\n[[rules]]\nid = "a"\nregex = "b"\n', 'gitleaks'],
  ['[[rules]]\nid = "a"\nregex = "b"\nfilter = "true"\n', 'betterleaks'],
  ['rules:\n  - id: kingfisher.aws.1\n    pattern: a\n', 'kingfisher'],
  ['rules:\n  - id: mine.1\n    pattern: a\n    visible: false\n', 'kingfisher'],
  ['rules:\n- id: np.aws.1\n  pattern: a\n', 'noseyparker'],
  ['rulesets:\n- id: default\n', 'noseyparker'],
  ['rules:\n- id: np.aws.1\n  pattern: a\n  pattern_requirements:\n    min_digits: 2\n', 'titus'],
  ['{"name": "x"}', undefined],
]

test.each(texts)('%j is of %s', (text, format) => {
  expect(guessFormat(text)).toBe(format)
})
