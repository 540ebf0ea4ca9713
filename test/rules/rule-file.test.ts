import { expect, test } from 'vitest'
import { UserError } from '../../src/errors.ts'
import { parseRuleFile } from '../../src/rules/rule-file.ts'

const good = `
[provider]
id = "shop"
name = "Shop"

[[rules]]
id = "shop-key"
description = "Shop key"
severity = "high"
regex = '''shop_[0-9a-f]{32}'''
`

/** Message and hint of the error that a text gives. */
function complaintAbout(text: string): string {
  try {
    parseRuleFile('shop.toml', text)
  } catch (error) {
    if (error instanceof UserError) return `${error.message} | ${error.hint}`
    throw error
  }
  return 'no error'
}

const broken: [title: string, text: string, complaint: string][] = [
  [
    'broken TOML',
    '[[rules]\nid = 1',
    'shop.toml:1:9: not valid TOML: expected end of table array declaration | Mend the line and try again.',
  ],
  [
    'a misspelt field',
    good.replace('severity', 'sevrity'),
    'shop.toml: rule "shop-key": field "sevrity": unknown field | Did you mean "severity"?',
  ],
  [
    'a severity that does not exist',
    good.replace('"high"', '"huge"'),
    'shop.toml: rule "shop-key": field "severity": got "huge" | Expected ("low" | "medium" | "high" | "critical"); docs/rules.md has the form.',
  ],
  [
    'a rule without an id',
    good.replace('id = "shop-key"', ''),
    'shop.toml: rule number 1: field "id": is missing | Add the field; docs/rules.md has the form.',
  ],
  [
    'an id in capitals',
    good.replace('"shop-key"', '"ShopKey"'),
    'shop.toml: rule "ShopKey": field "id": must be in kebab-case | Expected /^[a-z0-9]+(?:-[a-z0-9]+)*$/; docs/rules.md has the form.',
  ],
  [
    'an unknown table',
    `${good}\n[respnse]\nexposes = "x"`,
    'shop.toml: field "respnse": unknown field | Did you mean "response"?',
  ],
  [
    'a rule that looks for nothing',
    good.replace(/regex.*/, ''),
    'shop.toml: rule "shop-key": nothing to look for | Give it a regex, an [rules.assignment] or a path.',
  ],
  [
    'an empty regex',
    good.replace(/regex.*/, 'regex = ""'),
    'shop.toml: rule "shop-key": regex is empty | Write the pattern, or remove the field.',
  ],
  [
    'a regex beside an assignment',
    `${good}\n[rules.assignment]\nnames = ["shop"]\nlength = 3`,
    'shop.toml: rule "shop-key": regex and assignment exclude each other | Keep the one that says how the secret looks.',
  ],
  [
    'a duration that is none',
    `${good}\n[response]\nexposes = "x"\npropagation = "5 minutes"`,
    'shop.toml: field "response.propagation": must be an ISO 8601 duration | Expected /^P(?:\\d+D)?(?:T(?:\\d+H)?(?:\\d+M)?(?:\\d+S)?)?$/; docs/rules.md has the form.',
  ],
]

test.each(broken)('%s is named with file, rule and field', (_title, text, complaint) => {
  expect(complaintAbout(text)).toBe(complaint)
})

test("gitleaks' fields are accepted with their defaults", () => {
  const { file } = parseRuleFile(
    'gitleaks.toml',
    `
title = "own"
[[rules]]
id = "x"
description = "d"
regex = '''x'''
entropy = 3.5
keywords = ["x"]
tags = ["t"]
[[rules.allowlists]]
condition = "AND"
regexTarget = "match"
regexes = ['''y''']
stopwords = ["z"]
`,
  )
  expect(file.rules[0]).toEqual({
    id: 'x',
    description: 'd',
    exact: false,
    regex: 'x',
    entropy: 3.5,
    keywords: ['x'],
    tags: ['t'],
    skipReport: false,
    required: [],
    examples: [],
    counterexamples: [],
    references: [],
    allowlists: [
      {
        condition: 'AND',
        commits: [],
        paths: [],
        regexes: ['y'],
        regexTarget: 'match',
        stopwords: ['z'],
        targetRules: [],
      },
    ],
  })
})
