/** Small archives without the programs that make them; those are used in test/real. */
import { crc32, deflateRawSync } from 'node:zlib'
import { packTar } from 'modern-tar'

export interface ZipEntry {
  name: string
  content: string | Buffer
  /** Default is deflate. */
  isStored?: boolean
  isEncrypted?: boolean
  /** Any other method, with `content` packed by it already. */
  method?: number
}

/** A zip file after APPNOTE.TXT 4.3: a header and the contents of every file, then the list of all. */
export function makeZip(entries: readonly ZipEntry[]): Buffer {
  const files: Buffer[] = []
  const list: Buffer[] = []
  let offset = 0
  for (const entry of entries) {
    const content = Buffer.from(entry.content)
    const name = Buffer.from(entry.name)
    const method = entry.method ?? (entry.isStored ? 0 : 8)
    const packed = method === 8 ? deflateRawSync(content) : content
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(0x800 | (entry.isEncrypted ? 1 : 0), 2)
    common.writeUInt16LE(method, 4)
    common.writeUInt32LE(crc32(content), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(content.length, 18)
    common.writeUInt16LE(name.length, 22)
    files.push(Buffer.from('PK\x03\x04'), common, name, packed)
    const place = Buffer.alloc(14)
    place.writeUInt32LE(offset, 10)
    list.push(Buffer.from('PK\x01\x02\x14\x03'), common, place, name)
    offset += 30 + name.length + packed.length
  }
  const end = Buffer.alloc(18)
  end.writeUInt16LE(entries.length, 4)
  end.writeUInt16LE(entries.length, 6)
  end.writeUInt32LE(Buffer.concat(list).length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...files, ...list, Buffer.from('PK\x05\x06'), end])
}

export async function makeTar(files: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const entries = Object.entries(files).map(([name, content]) => ({
    header: { name, size: Buffer.byteLength(content), mtime: new Date(0) },
    body: content,
  }))
  return Buffer.from(await packTar(entries))
}
