import type { Block } from './read-block.ts'

/**
 * A block's text, from the last column of its sorted rotations (Burrows and Wheeler): each byte leads to the one
 * before it in the text, so the chain is turned around first.
 */
export function unsort({ column, origin }: Block): Uint8Array {
  const counts = new Int32Array(256)
  for (let i = 0; i < column.length; i++) counts[column[i]!]!++
  let sum = 0
  for (let byte = 0; byte < 256; byte++) {
    const count = counts[byte]!
    counts[byte] = sum
    sum += count
  }
  const following = new Int32Array(column.length)
  for (let i = 0; i < column.length; i++) following[counts[column[i]!]!++] = i
  const text = new Uint8Array(column.length)
  let at = following[origin]!
  for (let i = 0; i < text.length; i++) {
    text[i] = column[at]!
    at = following[at]!
  }
  return text
}
