import { expect, test } from 'vitest'
import { foreignAllowlist, foreignRule, type ImportedFile } from '../../../src/rules/import/imported.ts'
import { joinFiles } from '../../../src/rules/import/join-files.ts'
import { printRuleFile } from '../../../src/rules/import/print-rule-file.ts'
import { parseRuleFile } from '../../../src/rules/rule-file.ts'

function fileOf(name: string, fields: Partial<ImportedFile>): ImportedFile {
  return { name, rules: [], allowlists: [], problems: [], liveChecks: 0, ...fields }
}

const first = fileOf('a', {
  rules: [
    foreignRule({ id: 'one', regex: 'ab(c)' }),
    foreignRule({ id: 'bad', regex: 'a(', secretGroup: 1 }),
  ],
  allowlists: [foreignAllowlist({ paths: ['\\.md$'] }), foreignAllowlist({ regexes: ['('] })],
})
const second = fileOf('b', {
  rules: [foreignRule({ id: 'one', regex: "x'''y\\d", examples: [['"q"\n', 'é']], entropy: 2 })],
})

test('a file’s allowlists do not reach the rules of another, and ids stay apart', () => {
  const { file } = joinFiles([first, second])
  expect({
    ids: file.rules.map(({ id }) => id),
    targets: file.allowlists.map(({ targetRules }) => targetRules),
  }).toEqual({ ids: ['one', 'one-2'], targets: [['one']] })
})

test('what the compiler refuses is left out and named', () => {
  const { problems } = joinFiles([first, second])
  expect(problems.map(({ file, rule, isLost }) => [file, rule, isLost])).toEqual([
    ['a', 'bad', true],
    ['a', undefined, false],
    ['b', 'one', false],
  ])
})

test('the printed file reads as what was printed', () => {
  const { file } = joinFiles([first, second])
  const again = parseRuleFile('again', printRuleFile(file)).file
  expect(again).toEqual(file)
})
