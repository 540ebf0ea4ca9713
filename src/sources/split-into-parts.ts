import { detectEncoding } from '../encoding/detect-encoding.ts'
import type { Content } from '../model.ts'
import { PartPosition, partSizes } from './part-position.ts'

export type Part = Omit<Content, 'origin' | 'path'>

/**
 * A stream as contents that overlap. When it fails, what came before is given first, and then the error.
 * The bytes of a part are good until the next one is asked for.
 */
export async function* splitIntoParts(
  chunks: AsyncIterable<Uint8Array>,
  sizes = partSizes,
): AsyncGenerator<Part, void, undefined> {
  /** Of a text in one part, whose chunks need not be copied where there is only one. */
  let held: Uint8Array[] = []
  /** Of a longer text, from the beginning of its current part on. */
  let window: Buffer | undefined
  let length = 0
  let position: PartPosition | undefined
  let failure: { error: unknown } | undefined
  try {
    for await (const chunk of chunks) {
      let rest = chunk
      while (rest.length > 0) {
        if (beyondStart() >= sizes.part + sizes.after) yield* takePart()
        rest = rest.subarray(append(rest))
      }
    }
  } catch (error) {
    failure = { error }
  }
  while (position && beyondStart() > sizes.part) yield* takePart()
  if (beyondStart() > 0) yield { ...position?.describe(), bytes: join() }
  if (failure) throw failure.error

  /** Bytes that are held from the beginning of the next part on. */
  function beyondStart(): number {
    return position ? length - (position.start - position.from) : length
  }

  /** Answers with how many bytes the current part took. */
  function append(bytes: Uint8Array): number {
    const taken = bytes.subarray(0, sizes.part + sizes.after - beyondStart())
    if (window) window.set(taken, length)
    else held.push(taken)
    length += taken.length
    return taken.length
  }

  function* takePart(): Generator<Part, void, undefined> {
    const bytes = join()
    position ??= new PartPosition(detectEncoding(bytes), sizes)
    const { from } = position
    const part = { ...position.describe(), bytes }
    position.advance(bytes)
    yield part
    window ??= Buffer.allocUnsafe(LONGEST_CHARACTER + sizes.before + sizes.part + sizes.after)
    window.set(bytes.subarray(position.from - from))
    length -= position.from - from
    held = []
  }

  function join(): Uint8Array {
    if (window) return window.subarray(0, length)
    return held.length === 1 && held[0] ? held[0] : Buffer.concat(held)
  }
}

/** Bytes that a part may begin earlier, so that it begins with a character. */
const LONGEST_CHARACTER = 4
