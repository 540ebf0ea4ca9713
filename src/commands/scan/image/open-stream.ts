import { ByteReader, collect, keepChunks, type PassingChunks } from '../../../archive/byte-reader.ts'
import { isCompression, unpackPassing } from '../../../archive/compressions/index.ts'
import { readTarEntries, type TarEntry } from '../../../archive/containers/tar.ts'
import { detectFormat, headLength } from '../../../archive/format.ts'
import { isArchiveProblem } from '../../../archive/problems.ts'
import { MOST_CONFIG } from '../../../oci/blob-store.ts'
import { DigestSum } from '../../../oci/digest.ts'
import { linkTarget, plainName } from '../../../oci/file-tree.ts'
import type { Layer } from '../../../oci/image.ts'
import { type FileImage, openFiles } from '../../../oci/open-files.ts'
import type { PlatformChoice } from '../../../oci/resolve-images.ts'
import type { ScanRun } from '../scan-run.ts'
import { heldTree } from './held-tree.ts'
import { type LayerResult, streamed } from './layer-jobs.ts'
import type { OpenedWithLayers } from './open-images.ts'
import { type ScanPassing, scanPassingLayers } from './scan-layers.ts'

interface PassedLayer {
  /** The so manieth in the stream. */
  number: number
  stored: DigestSum
  /** Undefined where the same bytes are stored. */
  unpacked: DigestSum | undefined
}

/** Bytes of documents that are held until the end. */
const MOST_HELD = 2 * MOST_CONFIG

/**
 * An archive of images that comes as a stream, from a daemon or packed: nothing may be written to disk, so every layer is
 * read as it comes by, and what belongs together is found out at the end.
 * @param size bytes of the stream, where it is known
 */
export async function openStream(
  chunks: PassingChunks,
  size: number | undefined,
  image: FileImage,
  platforms: PlatformChoice,
  run: ScanRun,
): Promise<OpenedWithLayers> {
  const held = new Map<string, Uint8Array>()
  const layers = new Map<string, PassedLayer>()
  const links = new Map<string, string>()
  let room = MOST_HELD
  let count = 0
  const results = await scanPassingLayers(size, run, async scan => {
    try {
      for await (const entry of readTarEntries(await unpackOuter(chunks))) await take(entry, scan)
    } catch (error) {
      if (!isArchiveProblem(error)) throw error
      run.coverage.skip('corrupt-archive', image.shown)
    }
  })
  for (const [name, target] of links) link(name, target)
  const opened = await openFiles(heldTree(held, layers), image, platforms)
  const passed = new Map<string, LayerResult>()
  for (const [name, layer] of layers) {
    const result = results[layer.number]
    if (result) passed.set(name, verify(result, layer, name, opened))
  }
  return { ...opened, passed }

  async function take({ name, type, size, link, chunks }: TarEntry, scan: ScanPassing): Promise<void> {
    const inner = plainName(name.path)
    if (link) links.set(inner, linkTarget(inner, type, link.path))
    if (type !== 'file' || size === 0) return
    const bytes = new ByteReader(chunks)
    const head = await bytes.peek(headLength)
    if (isLayer(head) || size > room) await pass(bytes.take(), inner, isPacked(head), scan)
    else {
      room -= size
      held.set(inner, (await collect(keepChunks(bytes.take()), size)) ?? new Uint8Array(0))
    }
  }

  async function pass(chunks: PassingChunks, name: string, isPacked: boolean, scan: ScanPassing) {
    const stored = new DigestSum()
    const unpacked = isPacked ? new DigestSum() : undefined
    layers.set(name, { number: count++, stored, unpacked })
    await scan(unknownLayer(name), {
      stored: () => stored.watch(chunks),
      unpacked: inner => unpacked?.watch(inner) ?? inner,
      verify: () => {},
    })
  }

  function link(name: string, target: string): void {
    const [bytes, layer] = [held.get(target), layers.get(target)]
    if (bytes) held.set(name, bytes)
    if (layer) layers.set(name, layer)
  }
}

async function unpackOuter(chunks: PassingChunks): Promise<ByteReader> {
  const packed = new ByteReader(chunks)
  const format = detectFormat(await packed.peek(headLength))
  return isCompression(format) ? new ByteReader(unpackPassing(format, packed.take(), () => {})) : packed
}

function isPacked(head: Uint8Array): boolean {
  return isCompression(detectFormat(head))
}

function isLayer(head: Uint8Array): boolean {
  return detectFormat(head) !== undefined || head.every(byte => byte === 0)
}

/** Its manifest comes later. */
function unknownLayer(name: string): Layer {
  return {
    ...streamed,
    mediaType: '',
    size: 0,
    address: { kind: 'memory', bytes: new Uint8Array(0) },
    verify: 'unpacked',
    annotations: { 'org.opencontainers.image.title': name },
  }
}

/** @throws never; what is wrong with the layer is added to its coverage */
function verify(
  result: LayerResult,
  { stored, unpacked }: PassedLayer,
  name: string,
  { images }: OpenedWithLayers,
): LayerResult {
  const layer = images
    .flatMap(image => [...image.layers, ...image.attachments])
    .find(({ address }) => address.kind === 'passed' && address.name === name)
  if (!layer) return result
  const isRight =
    layer.verify === 'stored'
      ? stored.result() === layer.digest
      : (unpacked ?? stored).result() === layer.diffId
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
