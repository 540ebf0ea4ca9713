import { expect, test } from 'vitest'
import { Secret } from '../../src/model.ts'
import { allSecrets } from '../../src/vaults/list-entries.ts'
import { createMemoryVault, type MemoryVault } from '../../src/vaults/memory.ts'
import { SecretError } from '../../src/vaults/secret-error.ts'
import { applyTransfer } from '../../src/vaults/transfer/apply-transfer.ts'
import { planTransfer } from '../../src/vaults/transfer/plan-transfer.ts'
import type { Vault, VaultLimits } from '../../src/vaults/vault.ts'

const now = () => new Date('2026-11-26T12:00:00Z')
const entriesOf = (values: Record<string, string>) =>
  new Map(Object.entries(values).map(([name, value]) => [name, new Secret(value)]))

async function memory(
  values: Record<string, string>,
  limits: Partial<VaultLimits> = {},
): Promise<MemoryVault> {
  const vault = createMemoryVault({}, { now })
  for (const [name, value] of entriesOf(values)) await vault.put(name, value)
  return { ...vault, limits: () => ({ ...vault.limits(), ...limits }) }
}

const actions = async (
  target: Vault,
  values: Record<string, string>,
  policy: 'fail' | 'skip' | 'overwrite' = 'fail',
) =>
  (await planTransfer(target, entriesOf(values), policy)).map(({ name, action, reason }) =>
    [name, action, ...(reason ? [reason] : [])].join(' '),
  )

test('the plan says of each entry what becomes of it, before anything is written', async () => {
  const target = await memory({ SAME: '1', OTHER: '1' })
  const wanted = { SAME: '1', OTHER: '2', NEW: '3' }
  expect(await actions(target, wanted)).toEqual([
    'SAME unchanged',
    'OTHER fail another value is there',
    'NEW create',
  ])
  expect(await actions(target, wanted, 'skip')).toContain('OTHER skip')
  expect(await actions(target, wanted, 'overwrite')).toContain('OTHER overwrite')
  expect(await allSecrets(target)).toHaveLength(2)
})

test('what the target cannot hold, and two names that are one there, are refused', async () => {
  const name = { pattern: /^[A-Za-z]+$/, maxLength: 9, caseSensitive: false, rule: 'letters' }
  const target = await memory({}, { name, maxBytes: 3, emptyAllowed: false })
  expect(
    await actions(target, { 'A-B': 'x', LARGE: '1234', EMPTY: '', Key: '1', KEY: '2', OK: '3' }),
  ).toEqual([
    'A-B fail letters',
    'LARGE fail 4 bytes where 3 fit',
    'EMPTY fail empty not allowed',
    'Key fail memory cannot tell it from KEY',
    'KEY fail memory cannot tell it from Key',
    'OK create',
  ])
})

test('of a target that gives no values only the names are compared', async () => {
  const target = await memory({ A: '1' }, { readable: false })
  expect(await actions(target, { A: '1', B: '2' })).toEqual(['A fail another value is there', 'B create'])
  expect(await actions(target, { A: '1' }, 'overwrite')).toEqual(['A overwrite'])
})

test('a transfer that fails at any of its writes is done to its end by running it again', async () => {
  const wanted = { A: '1', B: '2', C: '3', D: '4' }
  for (let failing = 0; failing < 4; failing++) {
    const inner = await memory({ B: 'old' })
    let count = 0
    const target: MemoryVault = {
      ...inner,
      async put(name, value, options) {
        if (count++ === failing) throw new SecretError('unavailable', { store: 'memory', names: [name] })
        return inner.put(name, value, options)
      },
    }
    const run = async () =>
      applyTransfer(target, await planTransfer(target, entriesOf(wanted), 'overwrite'), () => {})
    await expect(run()).rejects.toMatchObject({ kind: 'unavailable' })
    await run()
    const values = (await allSecrets(target)).map(one => [one.name, one.reveal()])
    expect(Object.fromEntries(values)).toEqual(wanted)
    // What was written the first time was not written again.
    expect(await inner.history('A')).toHaveLength(1)
  }
})

test('what somebody else writes after the plan is not overwritten', async () => {
  const target = await memory({ A: 'old' })
  const plan = await planTransfer(target, entriesOf({ A: 'new', B: 'new' }), 'overwrite')
  await target.put('A', new Secret('theirs'))
  await target.put('B', new Secret('theirs'))
  await expect(applyTransfer(target, plan.slice(0, 1), () => {})).rejects.toMatchObject({ kind: 'conflict' })
  await expect(applyTransfer(target, plan.slice(1), () => {})).rejects.toMatchObject({
    kind: 'already-exists',
  })
})
