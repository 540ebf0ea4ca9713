/** zip and what is one: jar, war, ear, whl, docx, xlsx, pptx, odt, apk, ipa, nupkg… (PKWARE's APPNOTE.TXT) */
import { constants, inflateRawSync } from 'node:zlib'
import yauzl, { type Entry as ZipEntry, type ZipFile } from 'yauzl'
import type { Chunks } from '../byte-reader.ts'
import type { Spend } from '../compressions/effort.ts'
import { compressions, type Unpack } from '../compressions/index.ts'
import { chunkSizeFor, chunkSizes, inflateStream } from '../compressions/inflate-stream.ts'
import { asProblem } from '../problems.ts'
import { chunksOf, type RandomAccess } from '../random-access.ts'
import type { Entry, EntryProblem } from './entry.ts'
import { createZipReader } from './zip-reader.ts'

const methods: Readonly<Record<number, Unpack>> = {
  0: chunks => chunks,
  8: chunks => inflateStream(chunks, 'deflate', chunkSizes.small),
  12: compressions.bzip2,
  93: compressions.zstd,
  95: compressions.xz,
}
const DEFLATE = 8

export async function* readZip(
  access: RandomAccess,
  tell: EntryProblem,
  spend: Spend,
): AsyncGenerator<Entry, void, undefined> {
  const reader = createZipReader(access)
  // Names are only shown, never made into files, so that strange ones do no harm; sizes are not trusted anyway.
  const options = { decodeStrings: false, validateEntrySizes: false, autoClose: false }
  try {
    const zip = await yauzl.fromRandomAccessReaderPromise(reader, reader.size, options)
    for await (const entry of zip.eachEntry()) {
      const found = await openEntry(zip, entry, reader.access, tell, spend)
      if (found) yield found
    }
  } catch (error) {
    throw asProblem(error, 'zip')
  }
}

async function openEntry(
  zip: ZipFile,
  entry: ZipEntry,
  access: RandomAccess,
  tell: EntryProblem,
  spend: Spend,
): Promise<Entry | undefined> {
  const name = {
    path: yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false),
  }
  if (name.path.endsWith('/') && entry.compressedSize === 0) return undefined
  const unpack = methods[entry.compressionMethod]
  if (entry.isEncrypted()) tell('encrypted-archive', name)
  else if (!unpack) tell('unsupported-archive', name)
  else {
    const start = await findContents(zip, entry)
    if (start === undefined) tell('corrupt-archive', name)
    else
      return {
        name,
        packed: entry.compressedSize,
        chunks: unpackEntry(access, start, entry, chunks => unpack(chunks, spend)),
      }
  }
  return undefined
}

async function findContents(zip: ZipFile, entry: ZipEntry): Promise<number | undefined> {
  try {
    return (await zip.readLocalFileHeaderPromise(entry, { minimal: true })).fileDataStart
  } catch {
    // Whatever is wrong with this one, the others can be read.
    return undefined
  }
}

/** Up to here the unpacking is done at once, which is much quicker than a stream for the many small files of a jar. */
const SMALL = 256 * 1024
const MOST_AT_ONCE = 16 * 1024 * 1024

async function* unpackEntry(
  access: RandomAccess,
  start: number,
  { compressedSize, uncompressedSize, compressionMethod }: ZipEntry,
  unpack: (chunks: Chunks) => Chunks,
): AsyncGenerator<Uint8Array, void, undefined> {
  const whole =
    compressionMethod === DEFLATE && compressedSize <= SMALL
      ? inflateAtOnce(access.read(start, compressedSize), uncompressedSize)
      : undefined
  if (whole) yield whole
  else yield* unpack(chunksOf(access, start, start + compressedSize))
}

/**
 * Undefined when the stream is large or damaged: then it is read step by step.
 * @param size what is said to come out
 */
function inflateAtOnce(packed: Uint8Array, size: number): Uint8Array | undefined {
  try {
    return inflateRawSync(packed, {
      chunkSize: chunkSizeFor(size),
      maxOutputLength: MOST_AT_ONCE,
      finishFlush: constants.Z_FINISH,
    })
  } catch {
    return undefined
  }
}
