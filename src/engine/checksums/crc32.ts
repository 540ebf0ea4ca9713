/** Made on use: most scans need none. */
let table: Uint32Array | undefined

function makeTable(): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
    return crc
  })
}

/** CRC-32 as of zip and PNG (ISO 3309), of a Latin-1 text; from 0 to 2³² − 1. */
export function crc32(text: string): number {
  table ??= makeTable()
  let crc = 0xffffffff
  for (let i = 0; i < text.length; i++) crc = (crc >>> 8) ^ (table[(crc ^ text.charCodeAt(i)) & 255] ?? 0)
  return (crc ^ 0xffffffff) >>> 0
}
