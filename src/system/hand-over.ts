/**
 * Batches that a thread with more work than it can do leaves for threads that have none. All of it is shared memory: who is
 * busy hears of no messages. A thread that dies holds up nobody; what it had taken is known.
 */
export interface HandOverState {
  control: Int32Array
  slots: readonly Uint8Array[]
}

/** Memory for one batch. */
export interface Slot {
  number: number
  bytes: Uint8Array
}

/** A batch that somebody left. */
export interface Batch extends Slot {
  ticket: number
}

/** Batches that lie ready for each helper, so that none waits while the next is made. */
const AHEAD = 2
/** Milliseconds after which a helper looks up, and after which it takes it that nothing will come any more. */
const PAUSE = 20
const PATIENCE = 2000

/** Places in `control`; behind them three for each slot. */
const [SIGNAL, HELPERS, PRODUCERS, TICKETS, READY, HEAD] = [0, 1, 2, 3, 4, 5] as const
const [STATE, TICKET, LENGTH, FIELDS] = [0, 1, 2, 3] as const
const [free, filling, ready, taken] = [0, 1, 2, 3] as const

/**
 * @param producers how many times somebody will call `end`
 * @param size bytes of the largest batch; the system gives memory only as far as it is written to
 */
export function createHandOver(threads: number, producers: number, size: number): HandOverState {
  const count = threads > 1 ? threads + 1 : 0
  const control = new Int32Array(new SharedArrayBuffer(4 * (HEAD + FIELDS * count)))
  control[PRODUCERS] = producers
  return {
    control,
    slots: Array.from({ length: count }, () => new Uint8Array(new SharedArrayBuffer(size))),
  }
}

export class HandOver {
  readonly #control: Int32Array
  readonly #slots: readonly Uint8Array[]

  constructor({ control, slots }: HandOverState) {
    this.#control = control
    this.#slots = slots
  }

  /** Memory to fill, where helpers run out of work. */
  reserve(): Slot | undefined {
    const wanted = AHEAD * Atomics.load(this.#control, HELPERS)
    return Atomics.load(this.#control, READY) < wanted ? this.#claim(free, filling) : undefined
  }

  /** Leaves what was filled in, and answers with its ticket. */
  leave({ number }: Slot, length: number): number {
    const ticket = Atomics.add(this.#control, TICKETS, 1)
    Atomics.store(this.#control, fieldOf(number, TICKET), ticket)
    Atomics.store(this.#control, fieldOf(number, LENGTH), length)
    Atomics.add(this.#control, READY, 1)
    Atomics.store(this.#control, fieldOf(number, STATE), ready)
    this.#signal()
    return ticket
  }

  take(): Batch | undefined {
    const slot = this.#claim(ready, taken)
    if (!slot) return undefined
    Atomics.sub(this.#control, READY, 1)
    return this.#describe(slot)
  }

  /** To be called when a batch that was taken is done. */
  release({ number }: Slot): void {
    Atomics.store(this.#control, fieldOf(number, STATE), free)
  }

  /** One that leaves batches has come to its end. */
  end(): void {
    Atomics.sub(this.#control, PRODUCERS, 1)
    this.#signal()
  }

  /** Does what others leave until all of them have come to their end, or nothing has come for long. */
  async help(work: (batch: Batch) => void): Promise<void> {
    Atomics.add(this.#control, HELPERS, 1)
    let since = performance.now()
    while (performance.now() - since < PATIENCE) {
      const seen = Atomics.load(this.#control, SIGNAL)
      const batch = this.take()
      if (batch) {
        work(batch)
        this.release(batch)
        since = performance.now()
      } else {
        if (Atomics.load(this.#control, PRODUCERS) <= 0) break
        Atomics.wait(this.#control, SIGNAL, seen, PAUSE)
        // The main thread has signals and dead workers to hear of.
        await new Promise(setImmediate)
      }
    }
    Atomics.sub(this.#control, HELPERS, 1)
  }

  /** Batches that threads took and did not live to do. */
  lost(): Batch[] {
    const isLost = (number: number) => Atomics.load(this.#control, fieldOf(number, STATE)) === taken
    return this.#slots.flatMap((bytes, number) => (isLost(number) ? [this.#describe({ number, bytes })] : []))
  }

  #claim(from: number, to: number): Slot | undefined {
    for (const [number, bytes] of this.#slots.entries())
      if (Atomics.compareExchange(this.#control, fieldOf(number, STATE), from, to) === from)
        return { number, bytes }
    return undefined
  }

  #describe({ number, bytes }: Slot): Batch {
    const length = Atomics.load(this.#control, fieldOf(number, LENGTH))
    return {
      number,
      ticket: Atomics.load(this.#control, fieldOf(number, TICKET)),
      bytes: bytes.subarray(0, length),
    }
  }

  #signal(): void {
    Atomics.add(this.#control, SIGNAL, 1)
    Atomics.notify(this.#control, SIGNAL)
  }
}

function fieldOf(slot: number, field: number): number {
  return HEAD + FIELDS * slot + field
}
