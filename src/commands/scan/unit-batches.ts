/**
 * Units in batches, each as JSON in one shared memory, so that a thread reads only those it works on: to hand over
 * objects by the ten thousand takes longer than a thread takes to start.
 */
export interface PackedBatches {
  bytes: Uint8Array
  /** Where each batch ends. */
  ends: Float64Array
}

/** A batch of units, with how much work it is. */
export interface UnitBatch<Unit> {
  units: readonly Unit[]
  weight: number
}

/** A thread takes so much at a time: enough to forget the taking, little enough for all to end together. */
const BATCH_WEIGHT = 1024 * 1024
const BATCH_UNITS = 64

/** Groups units in their order, and puts the heaviest groups first. @param weigh the work of a unit, in bytes or so */
export function makeBatches<Unit>(units: readonly Unit[], weigh: (unit: Unit) => number): UnitBatch<Unit>[] {
  const batches: { units: Unit[]; weight: number }[] = []
  for (const unit of units) {
    const weight = weigh(unit)
    const last = batches.at(-1)
    if (last && last.units.length < BATCH_UNITS && last.weight + weight <= BATCH_WEIGHT) {
      last.units.push(unit)
      last.weight += weight
    } else {
      batches.push({ units: [unit], weight })
    }
  }
  return batches.sort((a, b) => b.weight - a.weight)
}

export function weighAll(batches: readonly UnitBatch<unknown>[]): number {
  return batches.reduce((sum, { weight }) => sum + weight, 0)
}

export function packBatches(batches: readonly UnitBatch<unknown>[]): PackedBatches {
  const texts = batches.map(({ units }) => Buffer.from(JSON.stringify(units)))
  const bytes = new Uint8Array(new SharedArrayBuffer(texts.reduce((sum, text) => sum + text.length, 0)))
  const ends = new Float64Array(new SharedArrayBuffer(8 * texts.length))
  let end = 0
  for (const [i, text] of texts.entries()) {
    bytes.set(text, end)
    end += text.length
    ends[i] = end
  }
  return { bytes, ends }
}

export function unpackBatch<Unit>({ bytes, ends }: PackedBatches, number: number): Unit[] {
  const units: Unit[] = JSON.parse(
    Buffer.from(bytes.subarray(ends[number - 1] ?? 0, ends[number])).toString('utf8'),
  )
  return units
}
