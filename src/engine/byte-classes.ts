/** Sets of bytes, side by side in one table: whether `byte` is in set `id` stands at `id << 8 | byte`. */
export function expandClasses(classes: readonly string[]): Uint8Array {
  const bits = Buffer.from(classes.join(''), 'hex')
  const table = new Uint8Array(classes.length << 8)
  for (let at = 0; at < table.length; at++) table[at] = ((bits[at >> 3] ?? 0) >> (at & 7)) & 1
  return table
}
