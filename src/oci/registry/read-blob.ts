import { UserError } from '../../errors.ts'
import { pause, type RegistryClient } from './client.ts'

/** So many times in a row nothing may come before a blob is given up. */
const ATTEMPTS = 5

/** Streams a blob; where the connection breaks, goes on from there. The digest tells whether all of it fits together. */
export async function* readRegistryBlob(
  client: RegistryClient,
  digest: string,
  size: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let received = 0
  let failures = 0
  while (received < size || received === 0) {
    const before = received
    try {
      for await (const chunk of readFrom(client, digest, received)) {
        received += chunk.length
        yield chunk
      }
      if (received >= size) return
      failures++
    } catch (error) {
      if (isFinal(error)) throw error
      failures++
    }
    if (received > before) failures = 1
    if (failures === ATTEMPTS) throw new UserError(`the registry breaks off in ${digest}`, 'Try again later.')
    await pause(failures)
  }
}

async function* readFrom(client: RegistryClient, digest: string, start: number) {
  const response = await client.get(`blobs/${digest}`, start > 0 ? { range: `bytes=${start}-` } : {})
  // Some servers send all of it, whatever is asked for.
  let surplus = response.statusCode === 206 ? 0 : start
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      const passed = Math.min(surplus, chunk.length)
      surplus -= passed
      if (passed < chunk.length) yield chunk.subarray(passed)
    }
  } finally {
    response.destroy()
  }
}

/** Missing or refused: another attempt gives the same. */
function isFinal(error: unknown): boolean {
  return error instanceof Error && (error.name === 'MissingBlob' || error instanceof UserError)
}
