import { detectFormat, headLength } from '../../../archive/format.ts'
import { defaultArchiveLimits } from '../../../archive/limits.ts'
import { chunksOf, type RandomAccess } from '../../../archive/random-access.ts'
import { walkArchive } from '../../../archive/walk-archive.ts'
import { compressedTexts } from '../../../incident/purge/compressed-texts.ts'
import type { EncodedForm } from '../../../incident/purge/encoded-forms.ts'

/** Bytes that a piece shares with the one before: a compressed text in two of them is found up to this length. */
const OVERLAP = 64 * 1024

/** The forms that occur, and the encoded texts that hold one when they are unpacked. */
export async function searchChunks(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  forms: readonly EncodedForm[],
): Promise<EncodedForm[]> {
  const found = new Set<EncodedForm>()
  const packed = new Map<string, EncodedForm>()
  let rest = Buffer.alloc(0)
  for await (const chunk of chunks) {
    rest = Buffer.concat([rest.subarray(Math.max(0, rest.length - OVERLAP)), chunk])
    for (const form of forms) if (rest.includes(form.bytes)) found.add(form)
    for (const form of compressedTexts(rest, forms)) packed.set(form.bytes.toString('latin1'), form)
  }
  return [...found, ...packed.values()]
}

/** The same in the members of an archive; nothing where it is none. */
export async function searchArchive(
  access: RandomAccess,
  forms: readonly EncodedForm[],
): Promise<EncodedForm[]> {
  if (detectFormat(access.read(0, headLength)) === undefined) return []
  const found = new Set<EncodedForm>()
  await walkArchive({ path: 'blob' }, access, defaultArchiveLimits, {
    async visit(_name, chunks) {
      for (const form of await searchChunks(chunks, forms)) found.add(form)
    },
    skip() {},
  })
  return [...found]
}

/** How one thing holds the value, each way once. */
export function describeForms(inText: readonly EncodedForm[], inArchive: readonly EncodedForm[]): string[] {
  return [
    ...new Set([...inText.map(({ name }) => name), ...inArchive.map(({ name }) => `${name}, in an archive`)]),
  ]
}

/** How a file holds the value, whatever its size. */
export async function searchFile(access: RandomAccess, forms: readonly EncodedForm[]): Promise<string[]> {
  return describeForms(await searchChunks(chunksOf(access), forms), await searchArchive(access, forms))
}
