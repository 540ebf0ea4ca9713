import type { Encoding } from '../../src/model.ts'

export const encodings = [
  'utf-8-bom',
  'utf-16le',
  'utf-16be',
  'utf-32le',
  'utf-32be',
] as const satisfies Encoding[]

/** A text's bytes, with the byte order mark or without. */
export function encodeText(text: string, encoding: Encoding, marked: boolean): Buffer {
  const whole = marked ? `\ufeff${text}` : text
  switch (encoding) {
    case 'utf-8-bom':
      return Buffer.from(whole, 'utf8')
    case 'utf-16le':
      return Buffer.from(whole, 'utf16le')
    case 'utf-16be':
      return Buffer.from(whole, 'utf16le').swap16()
    case 'utf-32le':
      return Buffer.from(Uint32Array.from(Array.from(whole, c => c.codePointAt(0) ?? 0)).buffer)
    case 'utf-32be':
      return Buffer.from(Uint32Array.from(Array.from(whole, c => c.codePointAt(0) ?? 0)).buffer).swap32()
  }
}
