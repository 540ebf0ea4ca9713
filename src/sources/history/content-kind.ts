import { detectFormat, headLength } from '../../archive/format.ts'
import { detectEncoding } from '../../encoding/detect-encoding.ts'

/**
 * How a blob is searched: `text` line by line, `marked` is text behind a byte order mark, `binary` is searched as it is;
 * what must be unpacked or transcoded first is `opaque`, and is looked at whole in any case.
 */
export type ContentKind = 'text' | 'marked' | 'binary' | 'opaque'

/** What is before the text of a `marked` content. */
export const MARK_BYTES = 3

/** Bytes of the head that decide whether a content is binary, as git does it. */
const BINARY_HEAD = 8000
/** The end of a zip file's directory, which may have a comment behind it. */
const zipEnd = Buffer.from('PK\x05\x06', 'latin1')
const ZIP_END_REACH = 65_557

export function contentKind(bytes: Buffer): ContentKind {
  if (detectFormat(bytes.subarray(0, headLength))) return 'opaque'
  const encoding = detectEncoding(bytes)
  if (encoding) return encoding === 'utf-8-bom' ? 'marked' : 'opaque'
  if (!bytes.subarray(0, BINARY_HEAD).includes(0)) return 'text'
  // A program may stand before the files that it unpacks.
  return bytes.subarray(-ZIP_END_REACH).includes(zipEnd) ? 'opaque' : 'binary'
}
