import type { Catalog } from './catalog.ts'
import { isRoot } from './family-walker.ts'
import { type ObjectType, packTypes } from './git-object.ts'
import type { FamilyPlan } from './plan-families.ts'

/** Work that one thread takes at a time: families of one pack, or loose objects. */
export interface ReadJobs {
  count: number
  /** Roots of families, as numbers of the catalogue. */
  roots: Uint32Array
  /** Job → its first root; one more says where the last one ends. Jobs after that take loose objects. */
  starts: Uint32Array
}

/** Bytes of inflated data, and what an entry costs besides, that make a job. */
const JOB = 4 * 1024 * 1024
const ENTRY = 400
export const LOOSE_PER_JOB = 256

/**
 * Families with objects of some types, the heaviest ones first and alone, the others together in the order of the file.
 * Families whose base is elsewhere are among them, as their type is not known.
 */
export function planJobs(catalog: Catalog, types: readonly ObjectType[]): ReadJobs {
  const wanted = new Set([0, ...[1, 2, 3, 4].filter(number => types.includes(packTypes[number]!))])
  const jobs: { roots: number[]; weight: number }[] = []
  for (const { plan, first } of catalog.packs) {
    const weights = weighFamilies(plan)
    let open: { roots: number[]; weight: number } = { roots: [], weight: 0 }
    for (let entry = 0; entry < plan.count; entry++) {
      if (!isRoot(plan, entry) || !wanted.has(plan.types[entry]!)) continue
      const weight = weights[entry]!
      if (weight >= JOB) jobs.push({ roots: [first + entry], weight })
      else {
        open.roots.push(first + entry)
        open.weight += weight
      }
      if (open.weight >= JOB) {
        jobs.push(open)
        open = { roots: [], weight: 0 }
      }
    }
    if (open.roots.length) jobs.push(open)
  }
  return toShared(
    jobs.sort((a, b) => b.weight - a.weight),
    catalog,
  )
}

function weighFamilies({ count, parents, sizes }: FamilyPlan): Float64Array {
  const weights = new Float64Array(count)
  // Children come after their parents, but for bases by name, where a weight is not worth more than a guess.
  for (let entry = count - 1; entry >= 0; entry--) {
    weights[entry]! += sizes[entry]! + ENTRY
    const parent = parents[entry]!
    if (parent >= 0) weights[parent]! += weights[entry]!
  }
  return weights
}

function toShared(jobs: readonly { roots: number[] }[], { loose }: Catalog): ReadJobs {
  const looseCount = loose.reduce((sum, { ids }) => sum + ids.length, 0)
  const rootCount = jobs.reduce((sum, { roots }) => sum + roots.length, 0)
  const roots = new Uint32Array(new SharedArrayBuffer(4 * rootCount))
  const starts = new Uint32Array(new SharedArrayBuffer(4 * (jobs.length + 1)))
  let at = 0
  for (const [job, { roots: own }] of jobs.entries()) {
    starts[job] = at
    roots.set(own, at)
    at += own.length
  }
  starts[jobs.length] = at
  return { count: jobs.length + Math.ceil(looseCount / LOOSE_PER_JOB), roots, starts }
}
