/** The text that a page's program of drawing shows (ISO 32000-2, section 9.4), in the order in which it draws. */
import type { FontTable } from './font-table.ts'
import type { GlyphNames } from './glyph-names.ts'
import { TextLayout } from './text-layout.ts'
import { tokenize } from './tokenize.ts'

/** Whether a stream is such a program, and shows text. */
export function showsText(stream: string): boolean {
  return /\bBT\b/.test(stream) && /[)\]>]\s*(?:Tj|TJ|'|")/.test(stream)
}

/** A gap between two pieces of a string that is as wide as a blank, in thousandths of the height. */
const BLANK = -180

/** @param variant where pages give one name to several fonts, which of them is meant */
export function pageText(stream: string, fonts: FontTable, variant = 0): string {
  const layout = new TextLayout()
  let font: GlyphNames | undefined
  let name = ''
  let size = 1
  let scale = 1
  let numbers: number[] = []
  /** An operator that shows text may first go to the next line. */
  let shown: string[] = []
  let isInArray = false
  for (const token of tokenize(stream)) {
    if (token.kind === 'name') name = token.text
    else if (token.kind === 'bracket') isInArray = token.text === '['
    else if (token.kind === 'string') shown.push(decode(token.bytes, font))
    else if (token.kind === 'number') {
      if (isInArray && token.value < BLANK) shown.push(' ')
      numbers.push(token.value)
    } else {
      operate(token.text)
      numbers = []
      shown = []
    }
  }
  return layout.toString()

  function operate(operator: string): void {
    const [a = 0, b = 0, , d = 0, x = 0, y = 0] = numbers
    if (operator === 'Tf') {
      font = fonts.get(name)?.[variant] ?? fonts.get(name)?.[0]
      size = Math.abs(a)
    } else if (operator === 'Td' || operator === 'TD') layout.moveBy(a * scale, b * scale, size * scale)
    else if (operator === 'Tm') {
      scale = Math.abs(d) || Math.abs(a) || 1
      layout.moveTo(x, y, size * scale)
    } else if (operator === 'T*' || operator === "'" || operator === '"') layout.newLine()
    if (showing.has(operator)) layout.show(shown.join(''))
  }
}

const showing = new Set(['Tj', 'TJ', "'", '"'])

function decode(bytes: Buffer, font: GlyphNames | undefined): string {
  if (!font) return bytes.toString('latin1')
  let text = ''
  for (let at = 0; at + font.width <= bytes.length; at += font.width) {
    const code = bytes.readUIntBE(at, font.width)
    text += font.texts.get(code) ?? (font.width === 1 ? String.fromCharCode(code) : '')
  }
  return text
}
