import { deflateSync } from 'node:zlib'

/** Objects of a PDF by their number: a dictionary, and for a stream its packed content. */
export type PdfObjects = Record<number, string | { dictionary: string; content: string }>

/** A file with these objects, without the table of their places, which a reader can do without. */
export function makePdf(objects: PdfObjects): Buffer {
  const parts = [Buffer.from('%PDF-1.7\n%\xe2\xe3\n', 'latin1')]
  for (const [number, object] of Object.entries(objects)) {
    parts.push(Buffer.from(`${number} 0 obj\n`))
    if (typeof object === 'string') parts.push(Buffer.from(object))
    else {
      const packed = deflateSync(Buffer.from(object.content, 'latin1'))
      const { dictionary } = object
      parts.push(
        Buffer.from(`<< ${dictionary} /Filter /FlateDecode /Length ${packed.length} >>\nstream\n`),
        packed,
        Buffer.from('\nendstream'),
      )
    }
    parts.push(Buffer.from('\nendobj\n'))
  }
  return Buffer.concat([...parts, Buffer.from('trailer << /Root 1 0 R >>\n%%EOF\n')])
}
