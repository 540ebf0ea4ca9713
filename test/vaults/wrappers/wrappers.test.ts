import { expect, test } from 'vitest'
import { Secret } from '../../../src/model.ts'
import { allEntries, allSecrets } from '../../../src/vaults/list-entries.ts'
import { createMemoryVault, type MemoryVault } from '../../../src/vaults/memory.ts'
import { SecretError, type SecretErrorKind } from '../../../src/vaults/secret-error.ts'
import type { Vault } from '../../../src/vaults/vault.ts'
import { type AuditEvent, withAudit } from '../../../src/vaults/wrappers/audit.ts'
import { withCache } from '../../../src/vaults/wrappers/cache.ts'
import { withFallback } from '../../../src/vaults/wrappers/fallback.ts'
import { withFields } from '../../../src/vaults/wrappers/fields.ts'
import { forTenant, withPrefix } from '../../../src/vaults/wrappers/prefix.ts'
import { readOnly } from '../../../src/vaults/wrappers/read-only.ts'
import { withRetry } from '../../../src/vaults/wrappers/retry.ts'
import { quickPace } from '../../support/quick-pace.ts'

const now = () => new Date('2026-11-26T12:00:00Z')

async function memory(entries: Record<string, string>, store = 'memory'): Promise<MemoryVault> {
  const vault = createMemoryVault({ store }, { now })
  for (const [name, value] of Object.entries(entries)) await vault.put(name, new Secret(value))
  return vault
}

/** Counts requests, and lets the next ones fail. */
async function flaky(entries: Record<string, string>, ...failures: SecretErrorKind[]) {
  const inner = await memory(entries)
  const calls: string[] = []
  const step = (call: string) => {
    calls.push(call)
    const kind = failures.shift()
    if (kind)
      throw new SecretError(kind, { store: 'memory', retryAfterMs: kind === 'throttled' ? 1000 : undefined })
  }
  const vault: MemoryVault = {
    ...inner,
    async get(name, options) {
      step(`get ${name}`)
      return inner.get(name, options)
    },
    async getMany(wanted, options) {
      step(`getMany ${wanted.map(({ name }) => name)}`)
      return inner.getMany(wanted, options)
    },
    async put(name, value, options) {
      step(`put ${name}`)
      return inner.put(name, value, options)
    },
    async page(options) {
      step('page')
      return inner.page(options)
    },
  }
  return { vault, calls, fail: (...kinds: SecretErrorKind[]) => failures.push(...kinds) }
}

test('the cache serves a value until its time is over, and forgets it when it is written', async () => {
  let nowMs = 0
  const { vault, calls } = await flaky({ A: '1' })
  const cache = withCache(vault, { ttlMs: 100, nowMs: () => nowMs })
  for (const at of [0, 99, 100]) {
    nowMs = at
    await cache.get('A')
  }
  expect(calls).toEqual(['getMany A', 'getMany A'])
  await cache.put?.('A', new Secret('2'))
  expect((await cache.get('A')).reveal()).toBe('2')
  cache.purge()
  await cache.get('A')
  expect(calls).toHaveLength(5)
})

test('a hundred callers at once cause one request, also when it fails', async () => {
  const { vault, calls, fail } = await flaky({ A: '1', B: '2' })
  const cache = withCache(vault, { ttlMs: 100, nowMs: () => 0 })
  const both = [{ name: 'A' }, { name: 'B' }]
  await Promise.all([...Array(100)].map((_, at) => (at % 2 ? cache.get('A') : cache.getMany(both))))
  expect(calls).toEqual(['getMany A,B'])
  cache.purge()
  fail('unavailable')
  const results = await Promise.allSettled([...Array(10)].map(() => cache.get('A')))
  expect([calls.length, new Set(results.map(({ status }) => status))]).toEqual([2, new Set(['rejected'])])
})

test('a value that is past its time serves for a while where the store cannot be reached', async () => {
  let nowMs = 0
  const { vault, fail } = await flaky({ A: '1' })
  const cache = withCache(vault, { ttlMs: 100, staleIfErrorMs: 50, nowMs: () => nowMs })
  await cache.get('A')
  fail('unavailable', 'unavailable')
  nowMs = 150
  expect((await cache.get('A')).reveal()).toBe('1')
  nowMs = 151
  await expect(cache.get('A')).rejects.toMatchObject({ kind: 'unavailable' })
})

test('that an entry is not there is remembered only where that is asked for; other refusals never are', async () => {
  const { vault, calls, fail } = await flaky({})
  const cache = withCache(vault, { ttlMs: 100, missingTtlMs: 10, nowMs: () => 0 })
  for (let count = 0; count < 2; count++)
    await expect(cache.get('A')).rejects.toMatchObject({ kind: 'not-found' })
  expect(calls).toHaveLength(1)
  cache.purge('A')
  fail('access-denied')
  await expect(cache.get('A')).rejects.toMatchObject({ kind: 'access-denied' })
  await expect(cache.get('A')).rejects.toMatchObject({ kind: 'not-found' })
})

test('what may succeed later is tried again, with pauses that double and keep to what the store asks', async () => {
  const pace = quickPace()
  const { vault, calls } = await flaky({ A: '1' }, 'unavailable', 'unavailable', 'throttled')
  expect((await withRetry(vault, { pace }).get('A')).reveal()).toBe('1')
  expect([calls.length, pace.slept]).toEqual([4, [200, 400, 1800]])
})

test('a refusal is final, and patience has an end', async () => {
  const { vault, calls, fail } = await flaky({ A: '1' }, 'access-denied')
  const patient = withRetry(vault, { pace: quickPace(), attemptsToReach: 3 })
  await expect(patient.get('A')).rejects.toMatchObject({ kind: 'access-denied' })
  fail('unavailable', 'unavailable', 'unavailable')
  await expect(patient.get('A')).rejects.toMatchObject({ kind: 'unavailable' })
  expect(calls).toHaveLength(4)
})

test('of many only those that failed are asked for again', async () => {
  const inner = await memory({ A: '1', B: '2' })
  const asked: string[][] = []
  const vault: Vault = {
    ...inner,
    async getMany(wanted) {
      asked.push(wanted.map(({ name }) => name))
      const all = await inner.getMany(wanted)
      return all.map(one =>
        'name' in one && one.name === 'B' && asked.length < 3
          ? new SecretError('throttled', { store: 'memory', names: ['B'] })
          : one,
      )
    },
  }
  const outcomes = await withRetry(vault, { pace: quickPace() }).getMany([
    { name: 'A' },
    { name: 'B' },
    { name: 'C' },
  ])
  expect(asked).toEqual([['A', 'B', 'C'], ['B'], ['B']])
  expect(outcomes).toMatchObject([{ name: 'A' }, { name: 'B' }, { kind: 'not-found' }])
})

test('writes keep to the rate of the store, and slow down when it is too much', async () => {
  const pace = quickPace()
  const { vault, fail } = await flaky({})
  const limits = { ...vault.limits(), writesPerSecond: 10 }
  const patient = withRetry({ ...vault, limits: () => limits }, { pace })
  const write = () => patient.put?.('A', new Secret('x'))
  await write()
  await write()
  await write()
  expect(pace.slept).toEqual([100, 100])
  fail('throttled')
  await write()
  await write()
  expect(pace.slept.slice(2)).toEqual([100, 1200, 150])
})

test('the audit tells of every access what was read or refused, and never a value', async () => {
  const events: AuditEvent[] = []
  const vault = withAudit(await memory({ A: 'hidden' }), event => events.push(event), now)
  await vault.get('A')
  await vault.getMany([{ name: 'A' }, { name: 'B' }])
  await vault.get('B').catch(() => {})
  await vault.put?.('B', new Secret('hidden'))
  await allEntries(vault)
  const about = { at: now(), store: 'memory', stage: undefined }
  expect(events).toEqual([
    { ...about, action: 'get', names: ['A'], versions: ['1'], outcome: 'done' },
    { ...about, action: 'getMany', names: ['A'], versions: ['1'], outcome: 'done' },
    { ...about, action: 'getMany', names: ['B'], versions: [], outcome: 'not-found' },
    { ...about, action: 'get', names: ['B'], versions: [], outcome: 'not-found' },
    { ...about, action: 'put', names: ['B'], versions: ['1'], outcome: 'done' },
    { ...about, action: 'list', names: [], versions: [], outcome: 'done' },
  ])
  expect(JSON.stringify(events)).not.toContain('hidden')
})

test('values that come with a list are told of, too', async () => {
  const events: AuditEvent[] = []
  await allSecrets(withAudit(await memory({ A: '1', B: '2' }), event => events.push(event), now))
  expect(events).toMatchObject([{ action: 'list', names: ['A', 'B'], versions: ['1', '1'], outcome: 'done' }])
})

test('the next vault is asked for what the first one does not have, and never round a refusal', async () => {
  const { vault: first, fail } = await flaky({ A: 'first' })
  const second = await memory({ A: 'second', B: 'second' }, 'other')
  const chain = withFallback(first, [second])
  const many = await chain.getMany([{ name: 'A' }, { name: 'B' }, { name: 'C' }])
  expect(many.map(one => ('reveal' in one ? one.reveal() : one.kind))).toEqual([
    'first',
    'second',
    'not-found',
  ])
  expect((await allSecrets(chain)).map(one => one.reveal())).toEqual(['first', 'second'])
  expect((await allEntries(chain)).map(({ name }) => name)).toEqual(['A', 'B'])
  fail('access-denied')
  await expect(chain.get('B')).rejects.toMatchObject({ kind: 'access-denied' })
  fail('unavailable')
  expect((await withFallback(first, [second], { whenUnavailable: true }).get('A')).reveal()).toBe('second')
})

test('a read-only vault has no way to write', async () => {
  const vault: Vault = readOnly(await memory({ A: '1' }))
  expect([vault.put, vault.remove, (await vault.get('A')).reveal()]).toEqual([undefined, undefined, '1'])
})

test('a tenant sees its own entries only, by get, by getMany and by list, and no name leads out', async () => {
  const vault = await memory({ 'a/KEY': 'of a', 'b/KEY': 'of b', 'ab/KEY': 'of ab' })
  const tenant = forTenant(vault, 'a')
  expect((await tenant.get('KEY')).reveal()).toBe('of a')
  expect((await tenant.getMany([{ name: 'KEY' }]))[0]).toMatchObject({ name: 'KEY' })
  expect(await allEntries(tenant)).toMatchObject([{ name: 'KEY' }])
  expect(await allSecrets(tenant)).toMatchObject([{ name: 'KEY' }])
  await expect(tenant.get('../b/KEY')).rejects.toMatchObject({ kind: 'invalid-name' })
  await expect(tenant.put?.('../b/KEY', new Secret('x'))).rejects.toMatchObject({ kind: 'invalid-name' })
  for (const bad of ['', '..', 'a/b']) expect(() => forTenant(vault, bad)).toThrow(/cannot take the name/)
  for (const bad of ['/a', '../a/']) expect(() => withPrefix(vault, bad)).toThrow(/cannot take the name/)
})

test('a field of a JSON entry is read by its name', async () => {
  const vault = withFields(await memory({ db: '{"user":"u","port":5432}', plain: 'x' }))
  expect((await vault.get('db#user')).reveal()).toBe('u')
  const many = await vault.getMany([
    { name: 'db#port' },
    { name: 'db' },
    { name: 'db#none' },
    { name: 'plain#x' },
  ])
  expect(many.map(one => ('reveal' in one ? one.reveal() : one.kind))).toEqual([
    '5432',
    '{"user":"u","port":5432}',
    'not-found',
    'decode',
  ])
})
