import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { FamilyWalker, isRoot } from '../../src/git/family-walker.ts'
import { packTypes } from '../../src/git/git-object.ts'
import { ObjectStore } from '../../src/git/object-store.ts'
import { idInPack } from '../../src/git/pack-index.ts'
import { planFamilies } from '../../src/git/plan-families.ts'
import { findRepository } from '../../src/git/repository.ts'
import { readEveryObject } from '../support/every-object.ts'
import { loadGitCore } from '../support/git-core.ts'
import { makeRandomRepository, type Storage } from '../support/random-repository.ts'
import { git } from '../support/temporary-directory.ts'

/** `id type digest` of every object that walking the packs shows, and the names of those that it could not read. */
async function walkAll(directory: string, wanted?: (entry: number) => boolean) {
  const repository = findRepository(directory)
  if (!repository) throw new Error('no repository')
  const store = new ObjectStore(repository)
  const core = await loadGitCore()
  const walker = new FamilyWalker(core, store)
  const seen: string[] = []
  const failed: string[] = []
  for (const pack of store.packs) {
    const plan = planFamilies(pack)
    const nameOf = (entry: number) => idInPack(pack.index, plan.order[entry]!).toString('hex')
    const flags = wanted && markWanted(plan.parents, wanted)
    for (let entry = 0; entry < plan.count; entry++) {
      if (plan.headers[entry] === 0) failed.push(nameOf(entry))
      if (!isRoot(plan, entry)) continue
      walker.walk(
        { pack, plan },
        entry,
        {
          visit: ({ entry, type, address, size }) => {
            const digest = createHash('sha1').update(core.bytes.subarray(address, address + size))
            seen.push(`${nameOf(entry)} ${packTypes[type]} ${digest.digest('hex')}`)
          },
          fail: entry => failed.push(nameOf(entry)),
        },
        flags,
      )
    }
  }
  return { seen: seen.sort(), failed: failed.sort() }
}

function markWanted(parents: Int32Array, wanted: (entry: number) => boolean): Uint8Array {
  const flags = new Uint8Array(parents.length)
  for (let entry = 0; entry < parents.length; entry++) {
    if (!wanted(entry)) continue
    flags[entry] = 1
    for (let at = parents[entry]!; at >= 0 && flags[at] === 0; at = parents[at]!) flags[at] = 2
  }
  return flags
}

function oracle(directory: string): string[] {
  git(directory, 'prune', '--expire=now')
  return [...readEveryObject(directory)]
    .map(([id, { type, bytes }]) => `${id} ${type} ${createHash('sha1').update(bytes).digest('hex')}`)
    .sort()
}

const storages: Storage[] = [
  'onePack',
  'deepChains',
  'noDeltas',
  'refDeltas',
  'cruft',
  'oldIndex',
  'farOffsets',
]

test.each(storages)('shows every object of a pack as git does: %s', async storage => {
  const directory = makeRandomRepository(storage.length * 7, storage)
  expect(await walkAll(directory)).toEqual({ seen: oracle(directory), failed: [] })
})

test('shows the objects of a SHA-256 pack', async () => {
  const directory = makeRandomRepository(77, 'refDeltas', ['--object-format=sha256'])
  expect(await walkAll(directory)).toEqual({ seen: oracle(directory), failed: [] })
})

test('goes through others only as far as it must to show those that are wanted', async () => {
  const directory = makeRandomRepository(31, 'deepChains')
  const all = await walkAll(directory)
  const some = await walkAll(directory, entry => entry % 5 === 0)
  expect(some.seen.length).toBe(Math.ceil(all.seen.length / 5))
  expect(all.seen).toEqual(expect.arrayContaining(some.seen))
})

test('whatever is damaged, each object is shown right or fails, and is never left out', async () => {
  const directory = makeRandomRepository(9, 'onePack')
  const expected = oracle(directory)
  const folder = join(directory, '.git/objects/pack')
  const path = join(folder, readdirSync(folder).find(name => name.endsWith('.pack')) ?? '')
  const whole = readFileSync(path)
  rmSync(path)
  for (let position = 12; position < whole.length - 20; position += Math.ceil(whole.length / 40)) {
    const bytes = Buffer.from(whole)
    bytes[position]! ^= 0x41
    writeFileSync(path, bytes)
    const { seen, failed } = await walkAll(directory)
    expect(seen.length + failed.length).toBe(expected.length)
    expect(failed.length).toBeGreaterThan(0)
  }
})
