import { expect, test } from 'vitest'
import { decideValues } from '../../src/migration/decide-values.ts'
import { planValues } from '../../src/migration/plan-migration.ts'
import { Secret } from '../../src/model.ts'

test('keys that a store cannot tell apart are refused before anything is written', () => {
  const entries = ['Api_Key', 'API_KEY', 'API-KEY'].map((key, i) => ({
    ...{ key, line: i + 1, value: new Secret(`value ${i}`) },
    classification: { class: 'secret' as const, reason: 'as the test says', confidence: 1 },
  }))
  const decided = decideValues(entries, {
    ...{ includeConfig: false, prefix: '' },
    ...{ isSelected: () => true, choiceOf: () => undefined, opensVault: () => false },
  })
  const facts = {
    address: (name: string) => name.replaceAll('_', '-'),
    identity: (address: string) => address.toLowerCase(),
    refusal: () => undefined,
    current: () => undefined,
  }
  const planned = planValues(decided, facts, 'fail').entries.map(
    ({ key, action, reason }) => `${key} ${action}: ${reason}`,
  )
  expect(planned).toEqual([
    'Api_Key create: as the test says',
    'API_KEY fail: Api_Key has the same name in the vault',
    'API-KEY fail: Api_Key has the same name in the vault',
  ])
})
