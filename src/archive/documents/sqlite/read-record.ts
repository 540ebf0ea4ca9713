import { readVarint } from './varint.ts'

/** Bytes of a text or a blob, a number written out, or nothing. */
export interface ColumnValue {
  kind: 'text' | 'blob' | 'number'
  bytes: Buffer
}

const NUMBER_SIZES = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0]

/** The columns of a row (section 2.1); of a damaged one as many as are there. */
export function readRecord(payload: Buffer): (ColumnValue | undefined)[] {
  const header = readVarint(payload, 0)
  const columns: (ColumnValue | undefined)[] = []
  let at = header.value
  for (let next = header.end; next < Math.min(header.value, payload.length); ) {
    const type = readVarint(payload, next)
    next = type.end
    const size = type.value >= 12 ? Math.floor((type.value - 12) / 2) : (NUMBER_SIZES[type.value] ?? 0)
    columns.push(toValue(type.value, payload.subarray(at, at + size), size))
    at += size
    if (at > payload.length) break
  }
  return columns
}

function toValue(type: number, bytes: Buffer, size: number): ColumnValue | undefined {
  if (type >= 12) return { kind: type % 2 ? 'text' : 'blob', bytes }
  if (type === 8 || type === 9) return { kind: 'number', bytes: Buffer.from(String(type - 8)) }
  if (bytes.length < size || size === 0) return undefined
  const number =
    type === 7 ? bytes.readDoubleBE(0) : size === 8 ? bytes.readBigInt64BE(0) : bytes.readIntBE(0, size)
  return { kind: 'number', bytes: Buffer.from(String(number)) }
}
