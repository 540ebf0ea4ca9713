/** What a file is packed in, told by the bytes that it begins with: names lie. */

/** One file, packed. */
export type Compression = 'bzip2' | 'gzip' | 'xz' | 'zstd'
/** Many files in one. */
export type Container = 'ar' | 'tar' | 'zip'
/** Text in a form of its own. */
export type Document = 'pdf' | 'sqlite'
/** Known, but not read. */
export type Unsupported = '7z' | 'cab' | 'compress' | 'lz4' | 'lzip' | 'rar' | 'rpm'

export type Format = Compression | Container | Document | Unsupported

/** So many bytes suffice to tell. */
export const headLength = 1024

const signatures: readonly (readonly [format: Format, bytes: string])[] = [
  ['zip', 'PK\x03\x04'],
  ['zip', 'PK\x05\x06'],
  ['zip', 'PK\x07\x08'],
  ['gzip', '\x1f\x8b\x08'],
  ['xz', '\xfd7zXZ\0'],
  ['zstd', '\x28\xb5\x2f\xfd'],
  ['ar', '!<arch>\n'],
  ['sqlite', 'SQLite format 3\0'],
  ['7z', '7z\xbc\xaf\x27\x1c'],
  ['rar', 'Rar!\x1a\x07'],
  ['cab', 'MSCF\0\0\0\0'],
  ['compress', '\x1f\x9d'],
  ['lz4', '\x04\x22\x4d\x18'],
  ['lzip', 'LZIP\x01'],
  ['rpm', '\xed\xab\xee\xdb'],
]

const byFirstByte = new Map<number, [Format, Buffer][]>()
for (const [format, text] of signatures) {
  const bytes = Buffer.from(text, 'latin1')
  const first = bytes[0] ?? 0
  byFirstByte.set(first, [...(byFirstByte.get(first) ?? []), [format, bytes]])
}

export function detectFormat(head: Uint8Array): Format | undefined {
  const known = byFirstByte.get(head[0] ?? -1)?.find(([, bytes]) => startsWith(head, bytes, 0))
  if (known) return known[0]
  if (isBzip2(head)) return 'bzip2'
  if (isZstdSkippable(head)) return 'zstd'
  if (isPdf(head)) return 'pdf'
  return isTar(head) ? 'tar' : undefined
}

/** A stream of these must be held in memory. */
export function isReadFromEnd(format: Format): boolean {
  return format === 'zip' || format === 'sqlite' || format === 'pdf'
}

/** Files that a program to start or unpack them may come before: only their end tells what they are. */
export function isZipName(path: string): boolean {
  return /\.(?:zip|[jwe]ar|whl|pex|pyz|par)$/i.test(path)
}

function startsWith(head: Uint8Array, bytes: Uint8Array, at: number): boolean {
  return bytes.every((byte, i) => head[at + i] === byte)
}

const bzip2Block = Buffer.from('314159265359', 'hex')
const bzip2End = Buffer.from('177245385090', 'hex')

function isBzip2(head: Uint8Array): boolean {
  if (head[0] !== 0x42 || head[1] !== 0x5a || head[2] !== 0x68) return false
  return startsWith(head, bzip2Block, 4) || startsWith(head, bzip2End, 4)
}

/** A frame that decoders pass over (RFC 8878, section 3.1.2); one may come first. */
function isZstdSkippable(head: Uint8Array): boolean {
  return ((head[0] ?? 0) & 0xf0) === 0x50 && startsWith(head, Buffer.from('2a4d18', 'hex'), 1)
}

const pdfHeader = Buffer.from('%PDF-')

/** The header may stand behind something else (ISO 32000, annex H, note 13). */
function isPdf(head: Uint8Array): boolean {
  if (head[0] === 0x25) return startsWith(head, pdfHeader, 0)
  // Anything else before it is binary, or a mail's envelope; text about PDF is not.
  return head[0] === 0 && Buffer.from(head.buffer, head.byteOffset, head.length).includes(pdfHeader)
}

/** POSIX and GNU tar have a magic word; older ones only the header's own checksum. */
function isTar(head: Uint8Array): boolean {
  if (head.length < 512 || head[0] === 0 || !isOctalOrBlank(head[148])) return false
  return startsWith(head, Buffer.from('ustar'), 257) || isTarHeader(head)
}

/** A glance at where the checksum begins spares nearly every other file the sum. */
function isOctalOrBlank(byte: number | undefined): boolean {
  return byte !== undefined && (byte === 32 || (byte >= 48 && byte <= 55))
}

/** Whether the sum of the bytes of a tar header is what it says. */
export function isTarHeader(block: Uint8Array): boolean {
  const written = readChecksum(block)
  if (written === undefined) return false
  let sum = 8 * 32
  for (let i = 0; i < 512; i++) if (i < 148 || i >= 156) sum += block[i] ?? 0
  return sum === written
}

/** At most seven octal digits behind blanks, ended by a blank or NUL. No string is made: a layer may have 100,000 headers. */
function readChecksum(block: Uint8Array): number | undefined {
  const last = 155
  let at = 148
  while (at < last && block[at] === 32) at++
  const from = at
  let value = 0
  for (let digit = octalAt(block, at); digit !== undefined && at < last; digit = octalAt(block, ++at))
    value = value * 8 + digit
  return at > from && (block[at] === 32 || block[at] === 0) ? value : undefined
}

function octalAt(block: Uint8Array, at: number): number | undefined {
  const digit = (block[at] ?? 0) - 48
  return digit >= 0 && digit < 8 ? digit : undefined
}
