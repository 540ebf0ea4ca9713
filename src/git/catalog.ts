import type { ObjectId } from './object-id.ts'
import type { ObjectStore } from './object-store.ts'
import { Pack, type PackData } from './pack.ts'
import { idInPack } from './pack-index.ts'
import { type FamilyPlan, planFamilies } from './plan-families.ts'

/** A pack whose entries have the numbers from `first` on, in the order of the file. */
export interface CataloguedPack {
  pack: Pack
  plan: FamilyPlan
  first: number
}

/** What threads share of a catalogue. */
export interface CatalogData {
  packs: { data: PackData; plan: FamilyPlan; first: number }[]
  loose: { objectDir: string; ids: ObjectId[]; first: number }[]
  count: number
}

/**
 * Numbers for all objects of a store: those of the packs, then the loose ones. An object that is stored twice has
 * two numbers.
 */
export class Catalog {
  readonly packs: readonly CataloguedPack[]
  readonly loose: CatalogData['loose']
  readonly count: number

  constructor({ packs, loose, count }: CatalogData) {
    this.packs = packs.map(({ data, plan, first }) => ({ pack: new Pack(data), plan, first }))
    this.loose = loose
    this.count = count
  }

  static of(store: ObjectStore): Catalog {
    // A garbage collection may move objects both ways: into a pack after this, out of one before the second listing.
    const before = store.listLoose()
    store.refresh()
    let count = 0
    const packs = store.packs.map(pack => {
      const plan = planFamilies(pack)
      const catalogued = { data: pack.data, plan, first: count }
      count += plan.count
      return catalogued
    })
    const loose = store.listLoose().map(({ objectDir, ids: found }, i) => {
      const ids = [...new Set([...(before[i]?.ids ?? []), ...found])].sort()
      const catalogued = { objectDir, ids, first: count }
      count += ids.length
      return catalogued
    })
    return new Catalog({ packs, loose, count })
  }

  get data(): CatalogData {
    const packs = this.packs.map(({ pack, plan, first }) => ({ data: pack.data, plan, first }))
    return { packs, loose: this.loose, count: this.count }
  }

  idOf(number: number): ObjectId {
    const packed = this.packs.findLast(({ first, plan }) => first <= number && number < first + plan.count)
    if (packed) return idInPack(packed.pack.index, packed.plan.order[number - packed.first]!).toString('hex')
    const loose = this.loose.findLast(({ first, ids }) => first <= number && number < first + ids.length)
    return loose?.ids[number - loose.first] ?? ''
  }
}
