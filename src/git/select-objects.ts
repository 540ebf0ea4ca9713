import type { Catalog } from './catalog.ts'
import type { ObjectId } from './object-id.ts'
import { findInPack, idInPack } from './pack-index.ts'

/** Flags of objects for `CatalogReader.read`: to be visited, to be gone through for those based on it, to be left alone. */
export const VISIT = 1
export const PASS = 2
export const SKIP = 0

/** Flags by which every object is visited once, however often it is stored; undefined where none is stored twice. */
export function selectOnce(catalog: Catalog): Uint8Array | undefined {
  const { packs, loose, count } = catalog
  const flags = new Uint8Array(count).fill(VISIT)
  let copies = 0
  const damaged = packs.map(listDamaged)
  const isIn = (at: number, id: Buffer) =>
    findInPack(packs[at]!.pack.index, id) >= 0 && !damaged[at]!.has(id.toString('hex'))
  for (const [i, { pack, plan, first }] of packs.entries()) {
    if (i === 0) continue
    for (let entry = 0; entry < plan.count; entry++) {
      const id = idInPack(pack.index, plan.order[entry]!)
      if (!packs.slice(0, i).some((_, at) => isIn(at, id))) continue
      flags[first + entry] = SKIP
      copies++
    }
  }
  const seen = new Set<ObjectId>()
  for (const { ids, first } of loose) {
    for (const [i, id] of ids.entries()) {
      const bytes = Buffer.from(id, 'hex')
      const isCopy = seen.has(id) || packs.some((_, at) => isIn(at, bytes))
      seen.add(id)
      if (!isCopy) continue
      flags[first + i] = SKIP
      copies++
    }
  }
  if (copies === 0) return undefined
  passToBases(catalog, flags)
  return flags
}

/** Objects whose entries make no sense: another copy has to be visited. */
function listDamaged({ pack, plan }: Catalog['packs'][number]): ReadonlySet<ObjectId> {
  const ids = new Set<ObjectId>()
  for (let entry = 0; entry < plan.count; entry++) {
    if (plan.headers[entry] === 0) ids.add(idInPack(pack.index, plan.order[entry]!).toString('hex'))
  }
  return ids
}

/** What is visited needs its bases, whoever needs them besides. */
export function passToBases({ packs }: Catalog, flags: Uint8Array): void {
  for (const { plan, first } of packs) {
    for (let entry = 0; entry < plan.count; entry++) {
      if (flags[first + entry] !== VISIT) continue
      for (let at = plan.parents[entry]!; at >= 0 && flags[first + at] === SKIP; at = plan.parents[at]!) {
        flags[first + at] = PASS
      }
    }
  }
}

/** Objects and all that are based on them, in the store's deltas. */
export function withDependants({ packs, count }: Catalog, numbers: Iterable<number>): Set<number> {
  const found = new Set<number>()
  for (const number of numbers) {
    const open = [number]
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (found.has(at) || at >= count) continue
      found.add(at)
      const pack = packs.findLast(({ first }) => first <= at)
      if (!pack || at - pack.first >= pack.plan.count) continue
      const { plan, first } = pack
      for (let child = plan.firstChild[at - first]!; child >= 0; child = plan.nextSibling[child]!)
        open.push(first + child)
    }
  }
  return found
}
