import { ByteReader, type PassingChunks } from '../../archive/byte-reader.ts'
import { isCompression, unpackPassing } from '../../archive/compressions/index.ts'
import { readTarEntries, type TarEntry } from '../../archive/containers/tar.ts'
import { detectFormat, headLength } from '../../archive/format.ts'
import { type ArchiveLimits, Budget } from '../../archive/limits.ts'
import { LimitReached } from '../../archive/problems.ts'
import type { CoverageTally } from '../../coverage.ts'
import type { Layer } from '../../oci/image.ts'
import { ChangeRecorder, type LayerChanges, readWhiteout } from './layer-changes.ts'
import { explainProblem } from './layer-problems.ts'
import { createLayerWatch, type LayerWatch } from './layer-watch.ts'
import { type FileIdentity, PackageRecorder, type PublishedFiles } from './published-files.ts'
import { createEntryReader, type EntryOptions, type VisitFile } from './read-entry.ts'

export interface LayerOptions extends EntryOptions {
  isWanted: (path: string) => boolean
}

export interface LayerFacts {
  changes: LayerChanges
  /** Hard links: a further name of a file that the layer holds. */
  links: { target: string; path: string }[]
  /** What packages brought. */
  published: PublishedFiles
  /** Of files that are not searched as one content. */
  identities: readonly (readonly [file: number, identity: FileIdentity])[]
}

/**
 * Hands on every file in a layer, also what later layers delete. Layers of any size take the same memory. What is wrong with it
 * (another digest, cut off, a bomb) is told to the coverage, and what comes before that is read.
 */
export async function readLayer(
  layer: Layer,
  open: () => PassingChunks,
  options: LayerOptions,
  coverage: CoverageTally,
  visit: VisitFile,
  watch: LayerWatch = createLayerWatch(layer),
): Promise<LayerFacts> {
  const changes = new ChangeRecorder()
  const links: LayerFacts['links'] = []
  const told = new Set<string>()
  const packages = new PackageRecorder()
  const readEntry = createEntryReader(layer, options, coverage, visit, packages)
  const stored = new ByteReader(watch.stored(open()))
  const end = await guard(async () => {
    const chunks = await unpack(stored, options.archives)
    const unpacked = new ByteReader(watch.unpacked(chunks))
    if (await isTar(unpacked))
      for await (const entry of readTarEntries(unpacked)) {
        const pending = takeEntry(entry)
        if (pending) await pending
      }
    else await readEntry.blob(unpacked.take())
    await unpacked.skip(Number.POSITIVE_INFINITY)
  })
  // The digest is of all bytes. Where a limit was reached, we go no further.
  if (end !== 'limited')
    await guard(async () => {
      await stored.skip(Number.POSITIVE_INFINITY)
      watch.verify(end === 'whole')
    })
  const { identities } = readEntry
  return { changes: changes.result(), links, published: packages.result(), identities }

  /** Nearly all files are read at once. */
  function takeEntry(entry: TarEntry): void | Promise<void> {
    const path = toPlainPath(entry.name.path)
    const whiteout = readWhiteout(path)
    if (whiteout) changes.whiteout(whiteout)
    else if (entry.type === 'directory') changes.directory(path.replace(/\/+$/, ''))
    else changes.file(path)
    if (entry.type === 'link' && entry.link) links.push({ target: toPlainPath(entry.link.path), path })
    if (entry.type === 'device') coverage.skip('device', path)
    if (entry.size === 0) return
    if (options.isWanted(path)) return readEntry.file({ ...entry, name: { ...entry.name, path } })
    coverage.skip('excluded', path)
  }

  async function guard(action: () => Promise<void>): Promise<'whole' | 'broken' | 'limited'> {
    try {
      await action()
      return 'whole'
    } catch (error) {
      const { reason, note } = explainProblem(error)
      if (!told.has(note)) coverage.skip(reason, `layer ${layer.digest} (${note})`)
      told.add(note)
      return error instanceof LimitReached ? 'limited' : 'broken'
    }
  }
}

/** Tar begins names with `./` or `/`. Others that lead out of an image are shown as they are; nothing is ever written. */
function toPlainPath(path: string): string {
  return path.startsWith('/') || path.startsWith('./') ? path.replace(/^(?:\.?\/)+/, '') : path
}

/** Layers may be of any size, but none comes out of a few bytes. */
async function unpack(stored: ByteReader, limits: ArchiveLimits): Promise<PassingChunks> {
  const budget = new Budget({ ...limits, bytes: Number.POSITIVE_INFINITY })
  let packed = 0
  const format = detectFormat(await stored.peek(headLength))
  if (!isCompression(format)) return stored.take()
  const chunks = unpackPassing(format, countPacked(), budget.spend)
  return budget.count(chunks, () => packed)

  async function* countPacked() {
    for await (const chunk of stored.take()) {
      packed += chunk.length
      yield chunk
    }
  }
}

/** A layer without files is nothing but zeros. */
async function isTar(bytes: ByteReader): Promise<boolean> {
  const head = await bytes.peek(headLength)
  return detectFormat(head) === 'tar' || (head.length >= 512 && head.every(byte => byte === 0))
}
