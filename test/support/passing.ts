/** Chunks in one piece of memory, as some readers give them: what a chunk held is gone when the next is asked for. */
export async function* passing(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  const memory = new Uint8Array(size)
  for (let at = 0; at < bytes.length; at += size) {
    const chunk = bytes.subarray(at, at + size)
    memory.set(chunk)
    yield memory.subarray(0, chunk.length)
    memory.fill(0xff)
  }
}
