import type { Content } from '../../model.ts'

/** A text as something to scan. */
export function toContent(text: string): Content {
  return {
    bytes: Buffer.from(text),
    origin: { kind: 'file', path: 'example', tracked: false },
    path: 'example',
  }
}
