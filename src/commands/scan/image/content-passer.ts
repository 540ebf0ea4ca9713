import type { Content } from '../../../model.ts'
import { BatchWriter } from '../../../sources/image/content-batch.ts'
import type { HandOver, Slot } from '../../../system/hand-over.ts'

/** Bytes that are worth a hand-over. */
const ENOUGH = 1024 * 1024

/** Gathers contents of one layer into batches for threads that have nothing to do. */
export class ContentPasser {
  /** Of the batches that were left for others. */
  readonly tickets: number[] = []
  readonly #handOver: HandOver
  readonly #layer: number
  #open: { slot: Slot; writer: BatchWriter } | undefined

  constructor(handOver: HandOver, layer: number) {
    this.#handOver = handOver
    this.#layer = layer
  }

  /** Answers whether another thread will search it. */
  pass(content: Content, file: number): boolean {
    if (this.#open && !this.#open.writer.fits(content)) this.flush()
    this.#open ??= this.#begin()
    if (!this.#open?.writer.fits(content)) return false
    const { writer } = this.#open
    writer.add(content, file)
    if (writer.length >= ENOUGH) this.flush()
    return true
  }

  flush(): void {
    if (!this.#open) return
    const { slot, writer } = this.#open
    this.#open = undefined
    if (writer.length === 0) this.#handOver.release(slot)
    else this.tickets.push(this.#handOver.leave(slot, writer.finish()))
  }

  #begin(): { slot: Slot; writer: BatchWriter } | undefined {
    const slot = this.#handOver.reserve()
    return slot && { slot, writer: new BatchWriter(slot.bytes, this.#layer) }
  }
}
