import type { GlyphNames } from './glyph-names.ts'

/** Names by which pages call fonts → the maps of these fonts. Pages may give one name to different fonts. */
export type FontTable = ReadonlyMap<string, readonly GlyphNames[]>

/**
 * @param objects the texts of all dictionaries, by the number of their object
 * @param maps the `ToUnicode` maps, by the number of theirs
 */
export function collectFonts(
  objects: Iterable<readonly [number: number, text: string]>,
  maps: ReadonlyMap<number, GlyphNames>,
): FontTable {
  const mapOfFont = new Map<number, GlyphNames>()
  const named: [name: string, font: number][] = []
  for (const [number, text] of objects) {
    const map = maps.get(Number(/\/ToUnicode\s+(\d+)\s+\d+\s+R/.exec(text)?.[1]))
    if (map) mapOfFont.set(number, map)
    // A dictionary of fonts holds nothing but names and references; it may stand alone, too.
    for (const [, name = '', font = ''] of text.matchAll(/\/([^\s/<>[\]()]+)\s+(\d+)\s+\d+\s+R/g))
      named.push([name, Number(font)])
  }
  const table = new Map<string, GlyphNames[]>()
  for (const [name, font] of named) {
    const map = mapOfFont.get(font)
    const known = table.get(name) ?? []
    if (map && !known.includes(map)) table.set(name, [...known, map])
  }
  return table
}
