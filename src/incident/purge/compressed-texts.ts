/** Compressed data that stands encoded in a text: a release of Helm, a pasted archive, a lambda's logs. */
import { gunzipSync, inflateSync } from 'node:zlib'
import type { EncodedForm } from './encoded-forms.ts'

/** Texts in texts that are looked into: base64 of base64 of gzip is two. */
const MAX_DEPTH = 4

/** Bytes that one text may unpack to. */
const MAX_UNPACKED = 64 * 1024 * 1024

/** Lines of base64 or hex: the fewest characters of one that may hold a value. */
const run = /[A-Za-z0-9+/_-]{32,}(?:(?:\r?\n|\\n)[ \t]*[A-Za-z0-9+/_-]+)*={0,2}/g

/** What base64 makes of the beginnings of gzip (1f 8b 08), of its own base64, and of zlib (78 01, 78 9c, 78 da). */
const beginning = /H4sI|SDRzS|^eJ|^eAE|^eNo/

/**
 * The encoded texts in these bytes that hold one of the forms once they are decoded and unpacked, each as it stands there.
 * Base64 that is broken into lines counts, too: in it no form stands in one piece.
 */
export function compressedTexts(bytes: Buffer, forms: readonly EncodedForm[], depth = 0): EncodedForm[] {
  if (depth === MAX_DEPTH) return []
  const text = bytes.toString('latin1')
  return [...text.matchAll(run)].flatMap(([whole]) => {
    const how = lookInto(whole, forms, depth)
    return how === undefined ? [] : [{ name: how, bytes: Buffer.from(whole, 'latin1') }]
  })
}

function lookInto(whole: string, forms: readonly EncodedForm[], depth: number): string | undefined {
  const joined = whole.replace(/(?:\r?\n|\\n)[ \t]*/g, '')
  if (joined.length < whole.length) {
    const form = find(Buffer.from(joined), forms)
    if (form) return `${form.name}, in lines`
  }
  if (/^1f8b08/i.test(joined)) return nameOf('hex', Buffer.from(joined, 'hex'), forms, depth)
  const at = joined.search(beginning)
  return at < 0 ? undefined : nameOf('base64', Buffer.from(joined.slice(at), 'base64'), forms, depth)
}

function nameOf(
  encoding: string,
  decoded: Buffer,
  forms: readonly EncodedForm[],
  depth: number,
): string | undefined {
  const { kind, bytes } = unpack(decoded)
  const form = kind === undefined ? undefined : find(bytes, forms)
  const inner = form?.name ?? compressedTexts(bytes, forms, depth + 1)[0]?.name
  if (inner === undefined) return undefined
  const outer = kind === undefined ? encoding : `${encoding} of ${kind}`
  return inner === 'as it is' ? outer : `${outer}: ${inner}`
}

function find(bytes: Buffer, forms: readonly EncodedForm[]): EncodedForm | undefined {
  return forms.find(form => bytes.includes(form.bytes))
}

/** What cannot be unpacked is taken as it is; of what was cut off, as much as there is. */
function unpack(bytes: Buffer): { kind?: 'gzip' | 'zlib'; bytes: Buffer } {
  const options = { maxOutputLength: MAX_UNPACKED, finishFlush: 2 /* Z_SYNC_FLUSH */ }
  try {
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) return { kind: 'gzip', bytes: gunzipSync(bytes, options) }
    if (bytes[0] === 0x78) return { kind: 'zlib', bytes: inflateSync(bytes, options) }
  } catch {
    // Looks like it and is none.
  }
  return { bytes }
}
