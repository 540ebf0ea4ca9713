/** Compressed data that stands encoded in a text: a release of Helm, a pasted archive, a lambda's logs. */
import { gunzipSync, inflateSync } from 'node:zlib'
import type { EncodedForm } from './encoded-forms.ts'

/** Texts in texts that are looked into: base64 of base64 of gzip is two. */
const MAX_DEPTH = 4

/** Bytes that one text may unpack to. */
const MAX_UNPACKED = 64 * 1024 * 1024

/** The fewest characters of a line of base64 or hex that may hold a value. */
const MIN_LENGTH = 32

/** What base64 makes of the beginnings of gzip (1f 8b 08), of its own base64, and of zlib (78 01, 78 9c, 78 da). */
const beginning = /H4sI|SDRzS|^eJ|^eAE|^eNo/

/**
 * The encoded texts in these bytes that hold one of the forms once they are decoded and unpacked, each as it stands there.
 * Base64 that is broken into lines counts, too: in it no form stands in one piece.
 */
export function compressedTexts(bytes: Buffer, forms: readonly EncodedForm[], depth = 0): EncodedForm[] {
  if (depth === MAX_DEPTH) return []
  const found: EncodedForm[] = []
  for (const run of encodedRuns(bytes)) {
    const name = lookInto(run.toString('latin1'), forms, depth)
    if (name !== undefined) found.push({ name, bytes: run })
  }
  return found
}

/** Which bytes stand in base64, also that for URLs, and so in hex. */
const isDigit = new Uint8Array(256)
for (const digit of Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/_-'))
  isDigit[digit] = 1

/** Runs of digits, over the ends of lines. Most bytes are leapt over: a run holds every one at this distance. */
function* encodedRuns(bytes: Buffer): Generator<Buffer, void, undefined> {
  for (let at = MIN_LENGTH - 1; at < bytes.length; ) {
    if (!isDigit[bytes[at] ?? 0]) {
      at += MIN_LENGTH
      continue
    }
    let start = at
    while (start > 0 && isDigit[bytes[start - 1] ?? 0]) start--
    let end = skipDigits(bytes, at)
    if (end - start >= MIN_LENGTH) {
      for (let next = nextLine(bytes, end); next > end; next = nextLine(bytes, end))
        end = skipDigits(bytes, next)
      while (bytes[end] === 0x3d) end++
      yield bytes.subarray(start, end)
    }
    at = end + MIN_LENGTH
  }
}

function skipDigits(bytes: Buffer, from: number): number {
  let end = from
  while (end < bytes.length && isDigit[bytes[end] ?? 0]) end++
  return end
}

/** Where the digits of the next line begin, which may be written as `\\n`; `end` where there are none. */
function nextLine(bytes: Buffer, end: number): number {
  let at = end
  if (bytes[at] === 0x5c && bytes[at + 1] === 0x6e) at += 2
  else if (bytes[at] === 0x0a) at++
  else if (bytes[at] === 0x0d && bytes[at + 1] === 0x0a) at += 2
  else return end
  while (isBlank(bytes[at])) at++
  return isDigit[bytes[at] ?? 0] ? at : end
}

/**
 * How far the runs go that stand in or beside a part of a text: with what is outside, this part makes no other run than
 * before. May be more than that.
 */
export function runsAround(bytes: Uint8Array, start: number, end: number): [start: number, end: number] {
  return [beforeRuns(bytes, start), behindRuns(bytes, end)]
}

function beforeRuns(bytes: Uint8Array, from: number): number {
  for (let start = from; ; ) {
    while (start > 0 && isDigit[bytes[start - 1] ?? 0]) start--
    let at = start
    while (isBlank(bytes[at - 1])) at--
    // The part may begin within the end of a line.
    if (bytes[at - 1] === 0x0a || bytes[at - 1] === 0x0d) at -= bytes[at - 2] === 0x0d ? 2 : 1
    else if (bytes[at - 1] === 0x6e && bytes[at - 2] === 0x5c) at -= 2
    else if (bytes[at - 1] === 0x5c) at--
    else if (start !== from) return start
    if (at === start || at <= 0) return Math.max(0, Math.min(at, start))
    start = at
  }
}

function behindRuns(bytes: Uint8Array, from: number): number {
  for (let end = from; ; ) {
    let at = end
    while (at < bytes.length && isDigit[bytes[at] ?? 0]) at++
    const isWithinLineEnd = at === from || bytes[at - 1] === 0x6e
    const text = at
    if (bytes[at] === 0x5c) at++
    if (bytes[at] === 0x6e && bytes[at - 1] === 0x5c) at++
    if (bytes[at] === 0x0d) at++
    if (bytes[at] === 0x0a) at++
    if (at > text || isWithinLineEnd) while (isBlank(bytes[at])) at++
    if (at === end || !isDigit[bytes[at] ?? 0]) return Math.max(text, Math.min(at, bytes.length))
    end = at
  }
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09
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
