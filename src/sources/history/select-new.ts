import type { Catalog } from '../../git/catalog.ts'
import { packTypes } from '../../git/git-object.ts'
import type { KnownObjects } from '../../git/known-objects.ts'
import type { ObjectId } from '../../git/object-id.ts'
import { idInPack } from '../../git/pack-index.ts'
import { passToBases, SKIP, VISIT } from '../../git/select-objects.ts'

/** What an earlier scan has reported. */
export interface EarlierScan {
  objects: Pick<KnownObjects, 'has'>
  /** Blobs that may hold a match. */
  holders: readonly ObjectId[]
}

export interface NewObjects {
  /** Number → 1 for an object that was there before. */
  known: Uint8Array
  /** Objects whose texts are to be read: new ones, and commits for what they lead to; flags of select-objects.ts. */
  select: Uint8Array
}

/** @param once flags by which every object is visited once */
export function selectNew(catalog: Catalog, earlier: EarlierScan, once: Uint8Array | undefined): NewObjects {
  const known = new Uint8Array(new SharedArrayBuffer(catalog.count))
  const select = new Uint8Array(new SharedArrayBuffer(catalog.count))
  const note = (number: number, id: Uint8Array, mayBeCommit: boolean) => {
    known[number] = earlier.objects.has(id) ? 1 : 0
    const isCopy = once !== undefined && once[number] !== VISIT
    select[number] = isCopy || (known[number] && !mayBeCommit) ? SKIP : VISIT
  }
  for (const { pack, plan, first } of catalog.packs) {
    for (let entry = 0; entry < plan.count; entry++) {
      const type = packTypes[plan.types[entry]!]
      note(
        first + entry,
        idInPack(pack.index, plan.order[entry]!),
        type === undefined || type === 'commit' || type === 'tag',
      )
    }
  }
  for (const { ids, first } of catalog.loose)
    for (const [i, id] of ids.entries()) note(first + i, Buffer.from(id, 'hex'), true)
  passToBases(catalog, select)
  return { known, select }
}
