import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { Secret } from '../../src/model.ts'
import { allEntries, listEntries } from '../../src/vaults/list-entries.ts'
import { refusePut } from '../../src/vaults/refuse-put.ts'
import type { Vault } from '../../src/vaults/vault.ts'

export interface ContractSubject {
  /** A vault without entries. */
  open: () => Vault | Promise<Vault>
  /** For a store that cannot write: puts entries there by other means. */
  seed?: (entries: Readonly<Record<string, string>>) => void | Promise<void>
  /** Names that the store can hold, if not these. */
  names?: readonly [string, string, string]
  /** A deleted name cannot be used again at once. */
  deletedNamesRest?: boolean
  /** An emulator that answers with a fault of its own where the store says that there is no such entry. */
  historyFaulty?: boolean
}

/** What every vault keeps to, whatever stands behind it. Called within `describe`. */
export function keepsContract({
  open,
  seed,
  names = ['DATABASE_URL', 'DB_PASSWORD', 'TOKEN'],
  deletedNamesRest,
  historyFaulty,
}: ContractSubject): void {
  const [first, second, third] = names
  let vault: Vault
  beforeEach(async () => {
    vault = await open()
  })

  const fill = async (entries: Readonly<Record<string, string>>) => {
    if (seed) {
      await seed(entries)
      vault = await open()
    } else for (const [name, value] of Object.entries(entries)) await vault.put?.(name, new Secret(value))
  }
  const values = ['two words', ' "quoted" \\ $HOME `x` ', 'línea\nzwei\r\n三\t', '='.repeat(100)]

  test('an entry that is not there is not-found, and the error names it', async () => {
    await expect(vault.get(first)).rejects.toMatchObject({
      kind: vault.limits().readable ? 'not-found' : 'access-denied',
      names: [first],
      store: vault.store,
      retryable: false,
      exitCode: 2,
    })
  })

  test('values come back byte for byte, and do not print', async () => {
    for (const value of values) {
      await fill({ [first]: value })
      if (!vault.limits().readable) continue
      const got = await vault.get(first)
      expect(got.reveal()).toBe(value)
      expect(got).toMatchObject({ name: first, store: vault.store })
      expect(JSON.stringify([got, `${got}`])).not.toContain(value)
    }
  })

  test('many are read at once, in their order, with what is missing among them', async () => {
    await fill({ [first]: 'a', [third]: 'c' })
    const outcomes = await vault.getMany([{ name: third }, { name: second }, { name: first }])
    if (!vault.limits().readable) return
    expect(outcomes).toMatchObject([{ name: third }, { kind: 'not-found', names: [second] }, { name: first }])
    expect(await vault.getMany([])).toEqual([])
  })

  test('a list has every name once and no value', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [`${second}${index}`, `value${index}`]),
    )
    await fill({ ...many, [first]: 'x' })
    const entries = await allEntries(vault)
    expect(entries.map(({ name }) => name)).toEqual([first, ...Object.keys(many)].sort())
    expect(JSON.stringify(entries)).not.toContain('value1')
    const some = await allEntries(vault, { prefix: `${second}1` })
    expect(some).toHaveLength(3)
    for await (const entry of listEntries(vault)) {
      expect(typeof entry.name).toBe('string')
      break
    }
  })

  test('a version that is not there is version-not-found', async () => {
    await fill({ [first]: 'a' })
    if (!vault.limits().readable) return
    const kinds = ['not-found', 'version-not-found']
    for (const version of ['previous', 'none-such', 4711]) {
      const kind = await vault.get(first, { version }).then(
        () => 'found',
        error => error.kind,
      )
      expect([version, kinds.includes(kind) && kind]).toEqual([version, 'version-not-found'])
    }
    expect((await vault.get(first, { version: 'current' })).reveal()).toBe('a')
  })

  test('a new value leaves the one before readable, where there are versions', async () => {
    if (!vault.put || !vault.limits().versions) return
    await vault.put(first, new Secret('old'))
    await vault.put(first, new Secret('new'))
    expect((await vault.get(first)).reveal()).toBe('new')
    const before = await vault.get(first, { version: 'previous' })
    expect(before.reveal()).toBe('old')
    expect((await vault.get(first, { version: before.version })).reveal()).toBe('old')
    const both = await vault.getMany([{ name: first }, { name: first, version: 'previous' }])
    expect(both.map(one => ('reveal' in one ? one.reveal() : one))).toEqual(['new', 'old'])
    if (!vault.history) return
    const history = await vault.history(first)
    expect(history.map(({ current }) => current)).toEqual([true, false])
    expect(history[1]?.version).toBe(before.version)
    expect((await vault.get(first, { version: history[0]?.version })).reveal()).toBe('new')
  })

  test('ifAbsent never overwrites', async () => {
    if (!vault.put) return
    await vault.put(first, new Secret('a'), { ifAbsent: true })
    await expect(vault.put(first, new Secret('b'), { ifAbsent: true })).rejects.toMatchObject({
      kind: 'already-exists',
      names: [first],
    })
    if (vault.limits().readable) expect((await vault.get(first)).reveal()).toBe('a')
  })

  test('ifVersion writes only over the version that was read', async () => {
    if (!vault.put || !vault.limits().conditionalPut.ifVersion) return
    await vault.put(first, new Secret('a'))
    const { version } = await vault.get(first)
    await vault.put(first, new Secret('b'), { ifVersion: version })
    await expect(vault.put(first, new Secret('c'), { ifVersion: version })).rejects.toMatchObject({
      kind: 'conflict',
      names: [first],
    })
    expect((await vault.get(first)).reveal()).toBe('b')
  })

  test('what is removed is gone, cannot be removed again, and can be brought back where it holds its name', async () => {
    if (!vault.remove || !vault.put) return
    await fill({ [first]: 'a', [second]: 'b' })
    await vault.remove(first)
    await expect(vault.get(first)).rejects.toMatchObject({ names: [first] })
    expect((await allEntries(vault)).map(({ name }) => name)).toEqual([second])
    await expect(vault.remove(third)).rejects.toMatchObject({ kind: 'not-found', names: [third] })
    const again = await vault.put(first, new Secret('c')).catch(error => error.kind)
    if (deletedNamesRest) {
      expect(again).toBe('pending-deletion')
      await vault.restore?.(first)
      expect((await vault.get(first)).reveal()).toBe('a')
    } else expect(again).toMatchObject({ name: first })
  })

  test('history of what is not there is refused', async () => {
    if (!vault.history) return
    const kind = historyFaulty ? 'unavailable' : 'not-found'
    await expect(vault.history(first)).rejects.toMatchObject({ kind, names: [first] })
  })

  test('a name that would leave its place is refused before anything is asked', async () => {
    for (const name of ['../x', 'a/../../x'])
      await expect(vault.get(name)).rejects.toMatchObject({
        kind: expect.stringMatching(/invalid-name|not-found/),
      })
  })

  test('what the limits allow is taken, what they refuse is refused', async () => {
    const { put } = vault
    if (!put) return
    const limits = vault.limits()
    const text = fc.string({ unit: 'grapheme', maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(text, async value => {
        const refusal = refusePut(vault, second, new Secret(value))
        const result = await put.call(vault, second, new Secret(value)).catch(error => error.kind)
        if (refusal) {
          expect(result).toBe(refusal.kind)
          return
        }
        expect(result).toMatchObject({ name: second })
        if (limits.readable) expect((await vault.get(second)).reveal()).toBe(value)
      }),
      { numRuns: 8, examples: [[''], ['{{ x }}'], ['\0']] },
    )
    if (Number.isFinite(limits.maxBytes)) {
      const large = new Secret('x'.repeat(limits.maxBytes + 1))
      expect(refusePut(vault, second, large)?.kind).toBe('too-large')
      await expect(put.call(vault, second, large)).rejects.toMatchObject({ kind: 'too-large' })
      const largest = new Secret('x'.repeat(limits.maxBytes))
      expect(await put.call(vault, second, largest)).toMatchObject({ name: second })
    }
  })
}
