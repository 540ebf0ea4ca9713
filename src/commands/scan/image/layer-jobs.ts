import { CoverageTally } from '../../../coverage.ts'
import type { PlacedMatch } from '../../../findings/collect-findings.ts'
import type { Kernel } from '../../../kernel/types.ts'
import type { Content, Coverage } from '../../../model.ts'
import type { Layer } from '../../../oci/image.ts'
import { createBlobOpener } from '../../../oci/open-blob.ts'
import type { Program } from '../../../program.ts'
import { readBatch } from '../../../sources/image/content-batch.ts'
import type { LayerWatch } from '../../../sources/image/layer-watch.ts'
import { type FileIdentity, identify, mayBePublished } from '../../../sources/image/published-files.ts'
import { originIn, type VisitFile } from '../../../sources/image/read-entry.ts'
import { type LayerFacts, readLayer } from '../../../sources/image/read-layer.ts'
import type { Batch } from '../../../system/hand-over.ts'
import { archiveLimitsOf } from '../archive-limits.ts'
import { createContentScanner } from '../content-scanner.ts'
import { createPathFilter } from '../path-filter.ts'
import type { ScanRequest } from '../scan-run.ts'
import type { ContentPasser } from './content-passer.ts'

/** A match in the layer's so manieth file. `Secret` does not pass from one thread to another, its value does. */
export type FileMatch = Omit<PlacedMatch, 'secret'> & {
  secret: string
  file: number
  /** Where the file was searched as one content. */
  identity?: FileIdentity
}

/** What one thread found in files of a layer: plain data. */
interface FilesResult {
  matches: FileMatch[]
  coverage: Coverage
}

export interface LayerResult extends FilesResult, LayerFacts {
  layer: number
  /** Of the batches of its files that were left for other threads. */
  tickets: readonly number[]
}

export interface BatchResult extends FilesResult {
  ticket: number
}

export interface LayerJobsResult {
  layers: LayerResult[]
  batches: BatchResult[]
}

/** Plain data for workers; the settings' globs are about the project's own paths. */
export type LayerRequest = Omit<ScanRequest, 'settings' | 'listing'>

export interface LayerScanner {
  scan(
    layer: Layer,
    number: number,
    hooks?: { watch?: LayerWatch; passer?: ContentPasser },
  ): Promise<LayerResult>
  /** Searches contents that another thread took out of a layer. */
  scanBatch(layers: readonly Layer[], batch: Batch): BatchResult
}

/** A layer that comes by in a stream, before its manifest. */
export const streamed = { digest: '', diffId: '' }

/** Reads and searches layers, one after the other. */
export async function createLayerScanner(
  program: Program,
  kernel: Kernel,
  request: LayerRequest,
): Promise<LayerScanner> {
  let coverage = new CoverageTally()
  let matches: FileMatch[] = []
  const scanContent = createContentScanner(program, kernel, request, {
    skip: (...skip) => coverage.skip(...skip),
  })
  const open = createBlobOpener()
  const options = {
    archives: archiveLimitsOf(request),
    maxFileSize: request.maxFileSize,
    buffer: (size: number) => kernel.input(size),
    isWanted: await createPathFilter(request, { root: '/' }, path => path),
  }
  return { scan, scanBatch }

  async function scan(
    layer: Layer,
    number: number,
    { watch, passer }: { watch?: LayerWatch; passer?: ContentPasser } = {},
  ): Promise<LayerResult> {
    begin()
    const search: VisitFile = passer
      ? (content, file) => passer.pass(content, file) || visit(content, file)
      : visit
    const facts = await readLayer(layer, () => open(layer.address), options, coverage, search, watch)
    passer?.flush()
    return { layer: number, ...end(), ...facts, tickets: passer?.tickets ?? [] }
  }

  function scanBatch(layers: readonly Layer[], { bytes, ticket }: Batch): BatchResult {
    begin()
    // Not all that reads bytes can read shared memory.
    const memory = kernel.input(bytes.length)
    memory.set(bytes)
    const batch = readBatch(memory)
    const layer = layers[batch.layer] ?? streamed
    for (const { content, file } of batch.contents)
      visit({ ...content, origin: originIn(layer, content.path) }, file)
    return { ticket, ...end() }
  }

  function begin(): void {
    coverage = new CoverageTally()
    matches = []
  }

  function visit(content: Content, file: number): void {
    const found = scanContent(content)
    if (found.length === 0) return
    const { path, bytes, reported } = content
    const isWhole = reported === undefined && !path.includes('!') && mayBePublished(path)
    const identity = isWhole ? { identity: identify(path, bytes) } : {}
    for (const match of found) matches.push({ ...match, secret: match.secret.reveal(), file, ...identity })
  }

  function end(): FilesResult {
    return { matches, coverage: coverage.result() }
  }
}
