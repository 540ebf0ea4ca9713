import { detectEncoding } from '../encoding/detect-encoding.ts'
import type { Content } from '../model.ts'
import { PartPosition, partSizes } from './part-position.ts'

export type Part = Omit<Content, 'origin' | 'path'>

/**
 * A stream as contents that overlap. When it fails, what came before is given first, and then the error.
 * The bytes of a part are good until the next one is asked for.
 * @param memory for `PassingChunks`: where all of a part is gathered, the same for each size
 */
export async function* splitIntoParts(
  chunks: AsyncIterable<Uint8Array>,
  sizes = partSizes,
  memory?: (size: number) => Uint8Array,
): AsyncGenerator<Part, void, undefined> {
  /** A text of one chunk need not be copied. */
  let only: Uint8Array | undefined
  /** Of a longer text, from the beginning of its current part on. Chunks that were kept would outlive the young garbage. */
  let window: Uint8Array | undefined
  let length = 0
  let position: PartPosition | undefined
  let failure: { error: unknown } | undefined
  const longest = LONGEST_CHARACTER + sizes.before + sizes.part + sizes.after
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
    if (length === 0 && !window && !memory) only = taken
    else widen(length + taken.length).set(taken, length)
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
    length -= position.from - from
    if (only) only = only.subarray(position.from - from)
    else window?.copyWithin(0, position.from - from)
  }

  function join(): Uint8Array {
    return only ?? window?.subarray(0, length) ?? new Uint8Array(0)
  }

  function widen(needed: number): Uint8Array {
    if (!window || window.length < needed) {
      const wider = memory?.(longest) ?? Buffer.allocUnsafe(Math.min(longest, 2 * needed))
      wider.set(join().subarray(0, length))
      window = wider
    }
    only = undefined
    return window
  }
}

/** Bytes that a part may begin earlier, so that it begins with a character. */
const LONGEST_CHARACTER = 4
