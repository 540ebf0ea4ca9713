import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { listProviders } from '../../scripts/provider-list.ts'
import { readBuiltInRules } from '../../src/commands/rule-files.ts'

test('the list of providers in docs is current; else run npm run docs:providers', () => {
  const page = readFileSync(new URL('../../docs/providers.md', import.meta.url), 'utf8')
  expect(page === listProviders(readBuiltInRules())).toBe(true)
})

test('a provider is a line with its kinds of secrets, by name', () => {
  const rule = { description: 'Key' }
  const file = (name: string, rules: object[]) => ({
    name: `${name}.toml`,
    file: { provider: { id: name.toLowerCase(), name, exhaustive: [] }, rules, allowlists: [] },
  })
  const files = [
    file('Shop', [rule, { description: 'Token | old' }]),
    file('Bank', [rule, { ...rule, skipReport: true }]),
  ]
  const rows = listProviders(files as never)
    .split('\n')
    .filter(line => line.startsWith('| '))
  expect(rows).toEqual([
    '| provider | id | secrets |',
    '| Bank | `bank` | Key |',
    '| Shop | `shop` | Key · Token \\| old |',
  ])
})
