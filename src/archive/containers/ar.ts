/** ar, as Debian packages and static libraries have it: a header of 60 bytes in ASCII, then the bytes, to an even place. */
import { toFileName } from '../../system/file-name.ts'
import type { ByteReader } from '../byte-reader.ts'
import { CorruptArchive } from '../problems.ts'
import type { Entry } from './entry.ts'

const MAGIC = 8
const HEADER = 60
const MOST_NAMES = 16 * 1024 * 1024

export async function* readAr(bytes: ByteReader): AsyncGenerator<Entry, void, undefined> {
  await bytes.read(MAGIC)
  let longNames = Buffer.alloc(0)
  for (;;) {
    const header = Buffer.from(await bytes.read(HEADER))
    if (header.length === 0) return
    const written = /^\d+/.exec(header.toString('latin1', 48, 58))
    if (!written || header.toString('latin1', 58) !== '`\n') throw new CorruptArchive('not valid ar')
    const left = { count: Number(written[0]) }
    const padding = left.count & 1
    const name = header.toString('latin1', 0, 16).trimEnd()
    if (name === '//' && left.count <= MOST_NAMES) {
      longNames = Buffer.from(await bytes.read(left.count))
      left.count = 0
    } else {
      yield { name: toFileName(nameOf(header, name, longNames)), chunks: takeContents(bytes, left) }
    }
    if ((await bytes.skip(left.count)) < left.count) throw new CorruptArchive('ends too early')
    await bytes.skip(padding)
  }
}

/** GNU ends names with a slash, and keeps long ones elsewhere: `/123` is where one begins. */
function nameOf(header: Buffer, name: string, longNames: Buffer): Buffer {
  const long = /^\/(\d+)$/.exec(name)
  if (long) {
    const start = Number(long[1])
    const end = longNames.indexOf('/\n', start)
    return longNames.subarray(start, end < 0 ? undefined : end)
  }
  const own = header.subarray(0, name.length)
  return own.at(-1) === 0x2f && own.length > 1 ? own.subarray(0, -1) : own
}

async function* takeContents(bytes: ByteReader, left: { count: number }) {
  for await (const chunk of bytes.take(left.count)) {
    left.count -= chunk.length
    yield chunk
  }
}
