import { expect, test } from 'vitest'
import { type DecideOptions, decideValues, type SourceEntry } from '../../src/migration/decide-values.ts'
import { type Classification, Secret } from '../../src/model.ts'

const password = ['kV9', 'mQ2', 'pLz8w'].join('-')
const options: DecideOptions = {
  includeConfig: false,
  prefix: '',
  isSelected: () => true,
  choiceOf: () => undefined,
  opensVault: () => false,
}

function entry(key: string, value: string, kind: Classification['class']): SourceEntry {
  return {
    key,
    line: 1,
    value: new Secret(value),
    classification: { class: kind, reason: 'as the test says', confidence: kind === 'secret' ? 1 : 0 },
  }
}

const shown = (entries: SourceEntry[], given: Partial<typeof options> = {}) =>
  decideValues(entries, { ...options, ...given }).map(({ key, parts, stored, isLeft }) => ({
    key,
    template: parts.map(part => ('text' in part ? part.text : `{${part.entry}}`)).join(''),
    stored: stored ? `${stored.name}=${stored.value === password ? 'password' : stored.value}` : '',
    ...(isLeft ? { isLeft } : {}),
  }))

test('a secret is stored whole, plain config stays text', () => {
  expect(shown([entry('KEY', password, 'secret'), entry('PORT', '80', 'config')])).toEqual([
    { key: 'KEY', template: '{KEY}', stored: 'KEY=password' },
    { key: 'PORT', template: '80', stored: '' },
  ])
})

test('a prefix is part of the names of entries, not of the keys', () => {
  const inUrl = ['hJ7', 'tR4xWq'].join('-')
  const entries = [
    entry('KEY', password, 'secret'),
    entry('DATABASE_URL', `postgres://app:${inUrl}@db/app`, 'secret'),
    entry('DSN', `password=${password}`, 'config'),
  ]
  expect(shown(entries, { prefix: 'SHOP_' })).toEqual([
    { key: 'KEY', template: '{SHOP_KEY}', stored: 'SHOP_KEY=password' },
    {
      key: 'DATABASE_URL',
      template: 'postgres://app:{SHOP_DATABASE_URL_PASSWORD}@db/app',
      stored: `SHOP_DATABASE_URL_PASSWORD=${inUrl}`,
    },
    { key: 'DSN', template: 'password={SHOP_KEY}', stored: '' },
  ])
})

test('a URL keeps its text, with its password in an entry of its own', () => {
  expect(shown([entry('DATABASE_URL', `postgres://app:${password}@db/app`, 'secret')])).toEqual([
    {
      key: 'DATABASE_URL',
      template: 'postgres://app:{DATABASE_URL_PASSWORD}@db/app',
      stored: 'DATABASE_URL_PASSWORD=password',
    },
  ])
})

test('a password that another key holds is stored once, wherever that key stands', () => {
  const entries = [
    entry('DATABASE_URL', `postgres://app:${password}@db/app`, 'secret'),
    entry('DSN', `user=app password=${password}`, 'config'),
    entry('DB_PASSWORD', password, 'secret'),
    entry('DATABASE_URL_PASSWORD', 'x', 'config'),
  ]
  expect(shown(entries)).toEqual([
    { key: 'DATABASE_URL', template: 'postgres://app:{DB_PASSWORD}@db/app', stored: '' },
    { key: 'DSN', template: 'user=app password={DB_PASSWORD}', stored: '' },
    { key: 'DB_PASSWORD', template: '{DB_PASSWORD}', stored: 'DB_PASSWORD=password' },
    { key: 'DATABASE_URL_PASSWORD', template: 'x', stored: '' },
  ])
})

test('a name that is taken is passed by', () => {
  const entries = [entry('U', `redis://:${password}@r`, 'secret'), entry('U_PASSWORD', 'x', 'config')]
  expect(shown(entries)[0]).toEqual({
    key: 'U',
    template: 'redis://:{U_PASSWORD_2}@r',
    stored: 'U_PASSWORD_2=password',
  })
})

test('what opens the vault, and what is not selected, is left where it is', () => {
  const entries = [entry('VAULT_TOKEN', password, 'secret'), entry('B', password, 'secret')]
  const left = { isLeft: true, stored: '', template: password }
  expect(
    shown(entries, { opensVault: key => key === 'VAULT_TOKEN', isSelected: key => key !== 'B' }),
  ).toEqual([
    { key: 'VAULT_TOKEN', ...left },
    { key: 'B', ...left },
  ])
})

test('with all config an empty value and a reference still stay text', () => {
  const entries = [entry('A', '80', 'config'), entry('B', '', 'empty'), entry('C', '{ssm}', 'reference')]
  expect(shown(entries, { includeConfig: true }).map(({ template }) => template)).toEqual([
    '{A}',
    '',
    '{ssm}',
  ])
})
