/** Attributes of a pax header: lines of `length key=value`, where the length counts the whole line. Bad ones end it. */
export function paxRecords(body: Buffer): Map<string, Buffer> {
  const records = new Map<string, Buffer>()
  let at = 0
  while (at < body.length) {
    const space = body.indexOf(0x20, at)
    const length = Number(body.toString('latin1', at, Math.max(at, space)))
    if (space < 0 || !Number.isInteger(length) || length < 5 || at + length > body.length) break
    const record = body.subarray(space + 1, at + length - 1)
    const equal = record.indexOf(0x3d)
    if (equal > 0) records.set(record.toString('utf8', 0, equal), record.subarray(equal + 1))
    at += length
  }
  return records
}
