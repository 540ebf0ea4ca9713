import { detectEncoding } from '../encoding/detect-encoding.ts'
import type { Content } from '../model.ts'
import { PartPosition, partSizes } from './part-position.ts'

export type Part = Omit<Content, 'origin' | 'path'>

/** A stream as contents that overlap. When it fails, what came before is given first, and then the error. */
export async function* splitIntoParts(
  chunks: AsyncIterable<Uint8Array>,
  sizes = partSizes,
): AsyncGenerator<Part, void, undefined> {
  let held: Uint8Array[] = []
  let length = 0
  let position: PartPosition | undefined
  let failure: { error: unknown } | undefined
  try {
    for await (const chunk of chunks) {
      held.push(chunk)
      length += chunk.length
      while (beyondStart() > sizes.part + sizes.after) yield takePart()
    }
  } catch (error) {
    failure = { error }
  }
  while (position && beyondStart() > sizes.part) yield takePart()
  if (beyondStart() > 0) yield position ? { ...position.describe(), bytes: join() } : { bytes: join() }
  if (failure) throw failure.error

  /** Bytes that are held from the beginning of the next part on. */
  function beyondStart(): number {
    return position ? length - (position.start - position.from) : length
  }

  function takePart(): Part {
    const bytes = join()
    position ??= new PartPosition(detectEncoding(bytes), sizes)
    const part = { ...position.describe(), bytes }
    const { from } = position
    position.advance(bytes)
    held = [bytes.subarray(position.from - from)]
    length = held[0]?.length ?? 0
    return part
  }

  function join(): Uint8Array {
    const bytes = held.length === 1 && held[0] ? held[0] : Buffer.concat(held)
    held = [bytes]
    return bytes
  }
}
