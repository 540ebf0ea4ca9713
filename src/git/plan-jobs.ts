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
  /** Job → how much work all jobs up to it are, in bytes of inflated data or so. */
  work: Float64Array
  /** Bytes of packs that all jobs read. */
  packed: number
}

/** Bytes of inflated data, and what an entry costs besides, that make a job. */
const JOB = 4 * 1024 * 1024
const ENTRY = 400
export const LOOSE_PER_JOB = 256

interface Job {
  roots: number[]
  weight: number
}

/**
 * Families with objects of some types, the heaviest ones first and alone, the others together in the order of the file.
 * Families whose base is elsewhere are among them, as their type is not known.
 */
export function planJobs(catalog: Catalog, types: readonly ObjectType[]): ReadJobs {
  const wanted = new Set([0, ...[1, 2, 3, 4].filter(number => types.includes(packTypes[number]!))])
  const jobs: Job[] = []
  let packed = 0
  for (const { plan, first } of catalog.packs) {
    const weights = weighFamilies(plan)
    let open: Job = { roots: [], weight: 0 }
    for (let entry = 0; entry < plan.count; entry++) {
      if (!wanted.has(plan.types[entry]!)) continue
      packed += plan.starts[entry + 1]! - plan.starts[entry]!
      if (!isRoot(plan, entry)) continue
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
    packed,
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

function toShared(jobs: readonly Job[], { loose }: Catalog, packed: number): ReadJobs {
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
  const count = jobs.length + Math.ceil(looseCount / LOOSE_PER_JOB)
  const work = new Float64Array(new SharedArrayBuffer(8 * count))
  let sum = 0
  for (let job = 0; job < count; job++) {
    sum += jobs[job]?.weight ?? LOOSE_PER_JOB * ENTRY
    work[job] = sum
  }
  return { count, roots, starts, work, packed }
}
