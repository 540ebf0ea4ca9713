/** What the codes of a font stand for: its `ToUnicode` map (section 9.10.3). */
export interface GlyphNames {
  /** Bytes of a code. */
  width: number
  texts: ReadonlyMap<number, string>
}

const MOST_CODES = 70_000

/** Undefined where a stream is no such map. */
export function readGlyphNames(stream: string): GlyphNames | undefined {
  if (!stream.includes('begincmap')) return undefined
  const texts = new Map<number, string>()
  for (const [, section = ''] of stream.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
    for (const [, code = '', text = ''] of section.matchAll(/<\s*([\dA-Fa-f]+)\s*>\s*<([\dA-Fa-f\s]*)>/g))
      texts.set(Number.parseInt(code, 16), decode(text))
  }
  for (const [, section = ''] of stream.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    addRanges(section, texts)
  // The range of codes says less: for a font of single bytes some write it as if they were two.
  const code = /begin(?:bfchar|bfrange)\s*<([\dA-Fa-f]+)>/.exec(stream)?.[1] ?? ''
  return { width: Math.min(4, Math.max(1, Math.ceil(code.length / 2))), texts }
}

function addRanges(section: string, texts: Map<number, string>): void {
  const range = /<([\dA-Fa-f]+)>\s*<([\dA-Fa-f]+)>\s*(?:<([\dA-Fa-f\s]*)>|\[([^\]]*)\])/g
  for (const [, first = '', last = '', start, list] of section.matchAll(range)) {
    const from = Number.parseInt(first, 16)
    const to = Math.min(Number.parseInt(last, 16), from + MOST_CODES)
    const listed =
      list === undefined ? [] : [...list.matchAll(/<([\dA-Fa-f\s]*)>/g)].map(([, text = '']) => decode(text))
    const base = start === undefined ? '' : decode(start)
    for (let code = from; code <= to && texts.size < MOST_CODES; code++)
      texts.set(code, list === undefined ? shift(base, code - from) : (listed[code - from] ?? ''))
  }
}

function decode(hex: string): string {
  const bytes = Buffer.from(hex.replace(/\s/g, ''), 'hex')
  return bytes
    .subarray(0, bytes.length & ~1)
    .swap16()
    .toString('utf16le')
}

/** The last character so many further on. */
function shift(text: string, by: number): string {
  const last = text.charCodeAt(text.length - 1)
  return text === '' ? '' : text.slice(0, -1) + String.fromCharCode(last + by)
}
