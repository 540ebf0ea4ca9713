/**
 * PDF (ISO 32000-2): what its packed streams hold. Of pages that is the text they show; of anything else (forms, links,
 * scripts, metadata, attached files) the bytes. What stands in the file unpacked is read there.
 */
import type { Entry } from '../../containers/entry.ts'
import { findStreams, type PdfStream } from './find-streams.ts'
import { collectFonts, type FontTable } from './font-table.ts'
import { type GlyphNames, readGlyphNames } from './glyph-names.ts'
import { type ObjectText, packedObjects, plainObjects } from './objects.ts'
import { pageText, showsText } from './page-text.ts'
import { unpackStream } from './unpack-stream.ts'

/** A map of a font is smaller than this, packed. */
const LARGEST_MAP = 256 * 1024
/** Meanings of a font's name that are tried. */
const MOST_VARIANTS = 4

export function* readPdf(file: Buffer): Generator<Entry> {
  const streams = [...findStreams(file)].filter(holdsText)
  const fonts = readFonts(file, streams)
  for (const stream of streams) {
    const content = unpackStream(stream)
    if (!content) continue
    const text = content.toString('latin1')
    if (isOfFont(text)) continue
    const isPage = showsText(text)
    if (!isPage && content === stream.bytes) continue
    const bytes = isPage ? Buffer.from(pageTexts(text, fonts)) : content
    yield {
      name: { path: `object ${stream.object}` },
      packed: stream.bytes.length,
      chunks: inOneChunk(bytes),
    }
  }
}

/** Whether one needs a password, so that its streams are noise. */
export function isEncryptedPdf(file: Buffer): boolean {
  return /\/Encrypt\s+\d+\s+\d+\s+R/.test(file.toString('latin1', Math.max(0, file.length - 64 * 1024)))
}

/** Images, programs of fonts and tables of places hold none. */
function holdsText({ dictionary }: PdfStream): boolean {
  return !/\/Subtype\s*\/(?:Image|Type1C|CIDFontType0C|OpenType)\b|\/Type\s*\/XRef\b|\/Length1\b/.test(
    dictionary,
  )
}

/** What draws a character, or tells which one it is. */
function isOfFont(text: string): boolean {
  return /^[\s\d.+-]{1,80}d[01]\s/.test(text) || text.includes('begincmap')
}

function readFonts(file: Buffer, streams: readonly PdfStream[]): FontTable {
  const maps = new Map<number, GlyphNames>()
  const objects: ObjectText[] = [...plainObjects(file)]
  for (const stream of streams) {
    const isPack = /\/Type\s*\/ObjStm\b/.test(stream.dictionary)
    if (!isPack && stream.bytes.length > LARGEST_MAP) continue
    const text = unpackStream(stream)?.toString('latin1') ?? ''
    const map = readGlyphNames(text)
    if (map) maps.set(stream.object, map)
    else if (isPack) objects.push(...packedObjects(text, stream.dictionary))
  }
  return maps.size === 0 ? new Map() : collectFonts(objects, maps)
}

function pageTexts(stream: string, fonts: FontTable): string {
  const variants = Math.min(MOST_VARIANTS, Math.max(1, ...[...fonts.values()].map(maps => maps.length)))
  const texts = Array.from({ length: variants }, (_, variant) => pageText(stream, fonts, variant))
  return [...new Set(texts)].join('\n')
}

async function* inOneChunk(bytes: Uint8Array) {
  yield bytes
}
