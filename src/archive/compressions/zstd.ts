import { Decompress } from 'fzstd'
import { runWithin } from '../../system/run-within.ts'
import type { Chunks } from '../byte-reader.ts'
import { asProblem, CorruptArchive } from '../problems.ts'
import type { Spend } from './effort.ts'
import { meterZstd } from './zstd-effort.ts'

/** For at most 2 MB of text. On damaged tables fzstd 0.1.1 may go round for ever. */
const DEADLINE = 2000

/** RFC 8878. Node 20 has no decoder of its own. */
export async function* unpackZstd(chunks: Chunks, spend: Spend): AsyncGenerator<Uint8Array, void, undefined> {
  let ready: Uint8Array[] = []
  let isEnded = false
  const unpacker = new Decompress((data, isFinal) => {
    if (data.length > 0) ready.push(data)
    isEnded = isFinal ?? false
  })
  for await (const chunk of meterZstd(chunks, spend)) {
    push(chunk, false)
    yield* take()
  }
  push(new Uint8Array(0), true)
  yield* take()
  if (!isEnded) throw new CorruptArchive('ends too early')

  function push(chunk: Uint8Array, isLast: boolean): void {
    try {
      if (!runWithin(DEADLINE, () => unpacker.push(chunk, isLast))) spend(Number.POSITIVE_INFINITY)
    } catch (error) {
      throw asProblem(error, 'zstd')
    }
  }

  /** The decoder writes into the same memory again. */
  function take(): Uint8Array[] {
    const taken = ready.map(data => Uint8Array.from(data))
    ready = []
    return taken
  }
}
