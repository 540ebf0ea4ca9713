import { Transform } from 'node:stream'
import { createMasker } from './masker.ts'

/** What goes in comes out with these texts hidden. */
export function createMaskStream(texts: readonly string[]): Transform {
  const masker = createMasker(texts)
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => done(null, masker.push(chunk)),
    flush: done => done(null, masker.end()),
  })
}
