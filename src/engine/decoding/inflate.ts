import { constants, gunzipSync, inflateSync } from 'node:zlib'

/**
 * What a gzip or zlib stream holds, as far as it goes: a cut stream gives what came before the cut.
 * @returns undefined when the stream is none after all, 'too-large' when it holds more than `most` bytes
 */
export function inflate(bytes: Uint8Array, most: number): Buffer | 'too-large' | undefined {
  const unpack = bytes[0] === 0x1f ? gunzipSync : inflateSync
  try {
    return unpack(bytes, { maxOutputLength: most, finishFlush: constants.Z_SYNC_FLUSH })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    return code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : undefined
  }
}
