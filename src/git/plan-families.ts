/**
 * The entries of a pack as families: an object that is stored whole, the deltas based on it, those based on them.
 * Entries are numbered in the order of the file.
 */
import type { Pack } from './pack.ts'
import { type EntryHeader, MAX_HEADER, OFS_DELTA, REF_DELTA, readEntryHeader } from './pack-entry.ts'
import { findInPack } from './pack-index.ts'

/** Plain data over shared memory, so that all threads walk by the same plan. */
export interface FamilyPlan {
  count: number
  /** Entry → where it begins; one more says where the last one ends. */
  starts: Float64Array
  /** Entry → bytes of its header; 0 for one that is damaged. */
  headers: Uint8Array
  /** Entry → type of the object as in `packTypes`; 0 where it is not known: damaged, or its base is elsewhere. */
  types: Uint8Array
  /** Entry → bytes of the inflated data, which of a delta is not the object's size. */
  sizes: Float64Array
  /** Entry → the entry that it is a delta of; -1 for one that is stored whole, -2 where the base is not in this pack. */
  parents: Int32Array
  /** Entry → the first delta based on it, and the next one with the same base; -1 for none. */
  firstChild: Int32Array
  nextSibling: Int32Array
  /** Entry → its number in the pack's index. */
  order: Uint32Array
}

export const WHOLE = -1
export const BASE_ELSEWHERE = -2

export function planFamilies(pack: Pack): FamilyPlan {
  const { count } = pack.index
  const plan: FamilyPlan = {
    count,
    starts: shared(Float64Array, count + 1),
    headers: shared(Uint8Array, count),
    types: shared(Uint8Array, count),
    sizes: shared(Float64Array, count),
    parents: shared(Int32Array, count),
    firstChild: shared(Int32Array, count).fill(-1),
    nextSibling: shared(Int32Array, count).fill(-1),
    order: pack.order,
  }
  for (let entry = 0; entry < count; entry++) plan.starts[entry] = pack.index.offsets[plan.order[entry]!]!
  plan.starts[count] = pack.end
  readHeaders(pack, plan)
  resolveTypes(plan)
  linkChildren(plan)
  return plan
}

/** Bytes that are read at once on the way through the pack. */
const CHUNK = 1024 * 1024

function readHeaders(pack: Pack, plan: FamilyPlan): void {
  const { starts, count } = plan
  const chunk = Buffer.allocUnsafe(CHUNK)
  const findEntry = createEntryFinder(pack, plan)
  let from = 0
  let length = 0
  for (let entry = 0; entry < count; entry++) {
    const start = starts[entry]!
    if (!(start >= 12 && start < pack.end)) continue
    if (start + MAX_HEADER > from + length && from + length < pack.size) {
      from = start
      length = pack.readInto(chunk, 0, Math.min(CHUNK, pack.size - start), start)
    }
    const header = readEntryHeader(chunk, start - from, length, pack.index.hashSize)
    if (header) note(plan, entry, header, baseOf(entry, header))
  }

  function baseOf(entry: number, { type, distance, baseAt }: EntryHeader): number {
    if (type === OFS_DELTA) return findStart(starts, starts[entry]! - distance, entry)
    return type === REF_DELTA ? findEntry(chunk.subarray(baseAt)) : WHOLE
  }
}

function note(plan: FamilyPlan, entry: number, header: EntryHeader, parent: number): void {
  plan.parents[entry] = parent
  // An OFS_DELTA without its base is damaged.
  if (header.type === OFS_DELTA && parent < 0) return
  plan.headers[entry] = header.length
  plan.sizes[entry] = header.size
  if (parent === WHOLE) plan.types[entry] = header.type
}

/** The entry that begins at `start`, before `before`; BASE_ELSEWHERE when there is none. */
function findStart(starts: Float64Array, start: number, before: number): number {
  let low = 0
  let high = before
  while (low < high) {
    const middle = (low + high) >>> 1
    if (starts[middle]! < start) low = middle + 1
    else high = middle
  }
  return low < before && starts[low] === start ? low : BASE_ELSEWHERE
}

/** Bases by name are rare in packs of today, so the way from number to entry is made on the first one. */
function createEntryFinder(pack: Pack, { order, count }: FamilyPlan): (id: Uint8Array) => number {
  let entries: Uint32Array | undefined
  return id => {
    const number = findInPack(pack.index, id)
    if (number < 0) return BASE_ELSEWHERE
    if (!entries) {
      entries = new Uint32Array(count)
      for (let entry = 0; entry < count; entry++) entries[order[entry]!] = entry
    }
    return entries[number]!
  }
}

/** A delta has the type of its base, and is damaged where its base is, or where bases go round in a circle. */
function resolveTypes({ types, parents, headers, count }: FamilyPlan): void {
  const path: number[] = []
  for (let entry = 0; entry < count; entry++) {
    let at = entry
    while (types[at] === 0 && headers[at] !== 0 && parents[at]! >= 0 && path.length <= count) {
      path.push(at)
      at = parents[at]!
    }
    const isLost = path.length > count || headers[at] === 0
    for (const member of path) {
      if (isLost) headers[member] = 0
      else types[member] = types[at]!
    }
    path.length = 0
  }
}

/** Children come in the order of the file, as the lists are made from their ends. */
function linkChildren({ parents, headers, firstChild, nextSibling, count }: FamilyPlan): void {
  for (let entry = count - 1; entry >= 0; entry--) {
    const parent = parents[entry]!
    if (parent < 0 || headers[entry] === 0) continue
    nextSibling[entry] = firstChild[parent]!
    firstChild[parent] = entry
  }
}

function shared<T>(
  kind: { new (buffer: SharedArrayBuffer): T; BYTES_PER_ELEMENT: number },
  count: number,
): T {
  return new kind(new SharedArrayBuffer(count * kind.BYTES_PER_ELEMENT))
}
