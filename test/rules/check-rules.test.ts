import { expect, test } from 'vitest'
import { checkRuleFile } from '../../src/commands/rules/check-rule-file.ts'
import { checkRuleSet } from '../../src/commands/rules/check-rule-set.ts'
import { parseRuleFile } from '../../src/rules/rule-file.ts'

const body = '"8s2kq0vz", "x7d1m4pw"'

function ruleOf(id: string, regex: string, more = ''): string {
  return `[[rules]]
id = "${id}"
description = "Example"
regex = '''${regex}'''
examples = [["shop_", ${body}]]
counterexamples = [["shop_", "short"]]
${more}
`
}

function check(source: string): string[] {
  const named = parseRuleFile('x.toml', source)
  return [...checkRuleFile(named), ...checkRuleSet([named])]
}

test('a rule that finds its tokens wherever they stand is fine', () => {
  expect(check(ruleOf('shop-key', '\\b(shop_[0-9a-z]{16})\\b'))).toEqual([])
})

test('contexts in which a bare token is missed are named', () => {
  expect(check(ruleOf('shop-key', '(?m)(?:^|[= ])(shop_[0-9a-z]{16})$'))).toEqual([
    'x.toml: rule "shop-key": example 1 is not found in: JSON, XML, shell, JavaScript, Python, Go, Java, PHP, log line, URL, HTTP header',
  ])
})

test('two rules that look for the same are duplicates', () => {
  const regex = '\\b(shop_[0-9a-z]{16})\\b'
  expect(check(ruleOf('shop-key', regex) + ruleOf('shop-token', regex))).toEqual([
    'x.toml: rule "shop-token": it looks for the same as "shop-key"',
    'x.toml: rule "shop-token": shadowed by shop-key',
  ])
})

test('a rule whose every example another rule takes is shadowed', () => {
  const wide = ruleOf('wide', '\\b(shop_[0-9a-z]{8,40})\\b', 'specificity = 200')
  expect(check(ruleOf('shop-key', '\\b(shop_[0-9a-z]{16})\\b') + wide)).toEqual([
    'x.toml: rule "shop-key": shadowed by wide',
  ])
})

test('an example that is a whole token in one piece is a secret in the file', () => {
  const token = ['shop_', 'x7d1m4pw', '8s2kq0vz'].join('')
  const source = ruleOf('shop-key', '\\b(shop_[0-9a-z]{16})\\b').replace(`["shop_", ${body}]`, `["${token}"]`)
  expect(check(source)).toEqual([
    'x.toml: rule "shop-key": it holds a literal secret (shop-key); write it in more pieces',
  ])
})
