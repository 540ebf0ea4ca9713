/** The number of an object among names in ascending order, side by side; undefined when it is not there. */
export function findName(names: Buffer, id: Uint8Array, size: number): number | undefined {
  let low = 0
  let high = names.length / size
  while (low < high) {
    const middle = (low + high) >>> 1
    const order = names.compare(id, 0, size, middle * size, (middle + 1) * size)
    if (order === 0) return middle
    if (order < 0) low = middle + 1
    else high = middle
  }
  return undefined
}
