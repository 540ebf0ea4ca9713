import type { SkipReason } from '../model.ts'
import type { FileName } from '../system/file-name.ts'
import { ByteReader, type Chunks, collect } from './byte-reader.ts'
import { compressions } from './compressions/index.ts'
import { readAr } from './containers/ar.ts'
import type { Entry, EntryProblem } from './containers/entry.ts'
import { readTar } from './containers/tar.ts'
import { readZip } from './containers/zip.ts'
import { holdsZip } from './containers/zip-reader.ts'
import { isEncryptedPdf, readPdf } from './documents/pdf/read-pdf.ts'
import { readSqlite } from './documents/sqlite/read-sqlite.ts'
import { type Compression, detectFormat, type Format, headLength, isZipName } from './format.ts'
import { innerName, unpackedName } from './inner-name.ts'
import { type ArchiveLimits, Budget } from './limits.ts'
import { type ArchiveProblem, CorruptArchive, isArchiveProblem, LimitReached } from './problems.ts'
import { bufferAccess, chunksOf, type RandomAccess } from './random-access.ts'

/** Gets what is in an archive. */
export interface ArchiveVisitor {
  /** A file that is no archive. What is not taken of its bytes is passed over. */
  visit(name: FileName, chunks: Chunks): Promise<void>
  skip(reason: SkipReason, name: string): void
}

/** An archive within an archive is held in memory when it has to be read from its end. */
export const mostInMemory = 256 * 1024 * 1024

/**
 * Visits every file in an archive, and in the archives in it. What cannot be read is told to the visitor, after all
 * that comes before it has been visited. Nothing is ever written.
 * @param source a stream of which what has to be read from its end is held in memory, or bytes that lie ready
 */
export async function walkArchive(
  name: FileName,
  source: RandomAccess | Chunks,
  limits: ArchiveLimits,
  visitor: ArchiveVisitor,
): Promise<void> {
  const access = 'read' in source ? source : undefined
  const chunks = 'read' in source ? chunksOf(source) : source
  const budget = new Budget(limits)
  const reported = new WeakSet<Error>()
  await guard(name, () => walk(name, new ByteReader(chunks), 1, access))

  /** Tells what went wrong, so that the next file can be read. */
  async function guard(name: FileName, action: () => Promise<void>): Promise<void> {
    try {
      await action()
    } catch (error) {
      if (!isArchiveProblem(error)) throw error
      // A stream that failed once fails again for whoever reads on.
      if (!reported.has(error)) visitor.skip(skipReasonOf(error), name.path)
      reported.add(error)
    }
  }

  /** What ran out has been told already. */
  function stop(): never {
    const spent = new LimitReached('nothing more may come out')
    reported.add(spent)
    throw spent
  }

  async function walk(
    name: FileName,
    bytes: ByteReader,
    depth: number,
    access?: RandomAccess,
  ): Promise<void> {
    const format =
      detectFormat(await bytes.peek(headLength)) ??
      (access && isZipName(name.path) && holdsZip(access) ? 'zip' : undefined)
    const kept = format && reasonToKeep(format, depth, limits)
    if (kept) visitor.skip(kept, name.path)
    if (format === undefined || kept) return visitor.visit(name, bytes.take())
    switch (format) {
      case 'ar':
        return walkEntries(name, readAr(bytes), depth)
      case 'tar':
        return walkEntries(name, readTar(bytes), depth)
      case 'zip':
        return walkZip(name, access ?? (await hold(bytes)), depth)
      case 'sqlite':
        return walkEntries(name, readSqlite(access ?? (await hold(bytes))), depth)
      case 'pdf':
        return walkPdf(name, access ?? (await hold(bytes)), depth)
      default:
        return isCompression(format)
          ? walkPacked(name, bytes, format, depth)
          : visitor.visit(name, bytes.take())
    }
  }

  async function walkPacked(
    name: FileName,
    bytes: ByteReader,
    format: Compression,
    depth: number,
  ): Promise<void> {
    let packed = 0
    const inner = new ByteReader(
      budget.count(compressions[format](countPacked(), budget.spend), () => packed),
    )
    // A packed tar is one archive, not two.
    if (detectFormat(await inner.peek(headLength)) === 'tar') return walk(name, inner, depth)
    return walk(innerName(name, unpackedName(name)), inner, depth + 1)

    async function* countPacked() {
      for await (const chunk of bytes.take()) {
        packed += chunk.length
        yield chunk
      }
    }
  }

  /** One that cannot be opened at all may hold files that are not packed. */
  async function walkZip(name: FileName, access: RandomAccess, depth: number): Promise<void> {
    const tell: EntryProblem = (reason, inner) => visitor.skip(reason, innerName(name, inner).path)
    const entries = readZip(access, tell, budget.spend)
    try {
      await walkEntries(name, entries, depth)
    } catch (error) {
      if (error instanceof CorruptArchive) await visitor.visit(name, chunksOf(access))
      throw error
    }
  }

  async function walkPdf(name: FileName, access: RandomAccess, depth: number): Promise<void> {
    await visitor.visit(name, chunksOf(access))
    if (access.size > mostInMemory) throw new LimitReached('a document that is too large')
    const file = Buffer.from(access.read(0, access.size))
    if (isEncryptedPdf(file)) visitor.skip('encrypted-archive', name.path)
    else await walkEntries(name, readPdf(file), depth)
  }

  async function walkEntries(
    name: FileName,
    entries: AsyncIterable<Entry> | Iterable<Entry>,
    depth: number,
  ): Promise<void> {
    for await (const entry of entries) {
      budget.countEntry()
      const inner = innerName(name, entry.name)
      const { packed } = entry
      const chunks = packed === undefined ? entry.chunks : budget.count(entry.chunks, () => packed)
      await guard(inner, () => walk(inner, new ByteReader(chunks), depth + 1))
      if (budget.isSpent) stop()
    }
  }
}

async function hold(bytes: ByteReader): Promise<RandomAccess> {
  const whole = await collect(bytes.take(), mostInMemory)
  if (!whole) throw new LimitReached('an archive within an archive that is too large')
  return bufferAccess(whole)
}

function reasonToKeep(format: Format, depth: number, limits: ArchiveLimits): SkipReason | undefined {
  if (unsupported.has(format)) return 'unsupported-archive'
  return depth > limits.depth ? 'archive-limit' : undefined
}

const unsupported: ReadonlySet<Format> = new Set(['7z', 'cab', 'compress', 'lz4', 'lzip', 'rar', 'rpm'])

function isCompression(format: Format): format is Compression {
  return Object.hasOwn(compressions, format)
}

export function skipReasonOf(problem: ArchiveProblem): SkipReason {
  if (problem instanceof LimitReached) return 'archive-limit'
  return problem instanceof CorruptArchive ? 'corrupt-archive' : 'unsupported-archive'
}
