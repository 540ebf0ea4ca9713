import { ByteReader, type Chunks, collect } from '../../../archive/byte-reader.ts'
import { compressions } from '../../../archive/compressions/index.ts'
import { readTarEntries, type TarEntry } from '../../../archive/containers/tar.ts'
import { detectFormat, headLength } from '../../../archive/format.ts'
import { isArchiveProblem } from '../../../archive/problems.ts'
import { MOST_CONFIG } from '../../../oci/blob-store.ts'
import { DigestSum } from '../../../oci/digest.ts'
import { type FileTree, linkTarget, plainName } from '../../../oci/file-tree.ts'
import type { Layer } from '../../../oci/image.ts'
import { type FileImage, openFiles } from '../../../oci/open-files.ts'
import { InvalidManifest, MissingBlob } from '../../../oci/problems.ts'
import type { PlatformChoice } from '../../../oci/resolve-images.ts'
import type { ScanRun } from '../scan-run.ts'
import { createLayerScanner, type LayerResult } from './layer-jobs.ts'
import { markPublished } from './mark-published.ts'
import type { OpenedWithLayers } from './open-images.ts'
import { layerRequestOf } from './scan-layers.ts'

interface PassedLayer {
  result: LayerResult
  stored: DigestSum
  unpacked: DigestSum
}

/** Bytes of documents that are held until the end. */
const MOST_HELD = 2 * MOST_CONFIG

/**
 * An archive of images that comes as a stream, from a daemon or packed: nothing may be written to disk, so every layer is
 * read as it comes by, and what belongs together is found out at the end.
 */
export async function openStream(
  chunks: Chunks,
  image: FileImage,
  platforms: PlatformChoice,
  run: ScanRun,
): Promise<OpenedWithLayers> {
  const scanner = await createLayerScanner(run.rules.program, run.kernel, layerRequestOf(run))
  const held = new Map<string, Uint8Array>()
  const layers = new Map<string, PassedLayer>()
  const links = new Map<string, string>()
  let room = MOST_HELD
  try {
    for await (const entry of readTarEntries(await unpackOuter(chunks))) await take(entry)
  } catch (error) {
    if (!isArchiveProblem(error)) throw error
    run.coverage.skip('corrupt-archive', image.shown)
  }
  for (const [name, target] of links) link(name, target)
  const opened = await openFiles(heldTree(held, layers), image, platforms)
  return {
    ...opened,
    passed: new Map([...layers].map(([name, layer]) => [name, verify(layer, name, opened)])),
  }

  async function take({ name, type, size, link, chunks }: TarEntry): Promise<void> {
    const inner = plainName(name.path)
    if (link) links.set(inner, linkTarget(inner, type, link.path))
    if (type !== 'file' || size === 0) return
    const bytes = new ByteReader(chunks)
    if (isLayer(await bytes.peek(headLength)) || size > room)
      layers.set(inner, await scan(bytes.take(), inner))
    else {
      room -= size
      held.set(inner, (await collect(bytes.take(), size)) ?? new Uint8Array(0))
    }
  }

  async function scan(chunks: Chunks, name: string): Promise<PassedLayer> {
    const [stored, unpacked] = [new DigestSum(), new DigestSum()]
    const watch = {
      stored: () => stored.watch(chunks),
      unpacked: (inner: Chunks) => unpacked.watch(inner),
      verify: () => {},
    }
    const read = await scanner.scan(unknownLayer(name), 0, { watch })
    return { result: markPublished(read, run.rules.program), stored, unpacked }
  }

  function link(name: string, target: string): void {
    const [bytes, layer] = [held.get(target), layers.get(target)]
    if (bytes) held.set(name, bytes)
    if (layer) layers.set(name, layer)
  }
}

async function unpackOuter(chunks: Chunks): Promise<ByteReader> {
  const packed = new ByteReader(chunks)
  const format = detectFormat(await packed.peek(headLength))
  if (format === 'gzip' || format === 'bzip2' || format === 'xz' || format === 'zstd')
    return new ByteReader(compressions[format](packed.take(), () => {}))
  return packed
}

function isLayer(head: Uint8Array): boolean {
  return detectFormat(head) !== undefined || head.every(byte => byte === 0)
}

/** Its manifest comes later. */
function unknownLayer(name: string): Layer {
  return {
    digest: '',
    diffId: '',
    mediaType: '',
    size: 0,
    address: { kind: 'memory', bytes: new Uint8Array(0) },
    verify: 'unpacked',
    annotations: { 'org.opencontainers.image.title': name },
  }
}

/** @throws never; what is wrong with the layer is added to its coverage */
function verify(
  { result, stored, unpacked }: PassedLayer,
  name: string,
  { images }: OpenedWithLayers,
): LayerResult {
  const layer = images
    .flatMap(image => [...image.layers, ...image.attachments])
    .find(({ address }) => address.kind === 'passed' && address.name === name)
  if (!layer) return result
  const isRight =
    layer.verify === 'stored' ? stored.result() === layer.digest : unpacked.result() === layer.diffId
  const named = result.coverage.skipped.map(skip => ({
    ...skip,
    examples: skip.examples.map(example => example.replace(/^layer {2}?/, `layer ${layer.digest} `)),
  }))
  if (isRight) return { ...result, coverage: { ...result.coverage, skipped: named } }
  const wrong = {
    reason: 'corrupt-object' as const,
    count: 1,
    bytes: 0,
    examples: [`layer ${layer.digest} (its bytes have another digest)`],
  }
  return { ...result, coverage: { ...result.coverage, complete: false, skipped: [...named, wrong] } }
}

function heldTree(held: ReadonlyMap<string, Uint8Array>, layers: ReadonlyMap<string, unknown>): FileTree {
  return {
    has: name => held.has(name) || layers.has(name),
    read(name, most) {
      const bytes = held.get(name)
      if (!bytes) throw new MissingBlob(name)
      if (bytes.length > most) throw new InvalidManifest('too large')
      return bytes
    },
    addressOf(name) {
      const bytes = held.get(name)
      return bytes ? { kind: 'memory', bytes } : { kind: 'passed', name }
    },
  }
}
