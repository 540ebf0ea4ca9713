import { mostBlockBytes, streamCount, streamVisits } from './blocks.ts'
import { encodeHitFilter, type HitFilter } from './hit-filter.ts'
import type { Automaton } from './types.ts'

/** The exports of `assembly/search.ts`, `assembly/hits.ts` and `assembly/runs.ts`. */
export interface KernelExports {
  configure(table: number, tableBytes: number, firstAccepting: number, overlap: number): void
  searchOne(from: number, to: number, end: number): void
  searchEight(from: number, to: number, end: number): void
  configureHits(
    table: number,
    strideBytes: number,
    firstBytes: number,
    outputs: number,
    filters: number,
    sets: number,
    kinds: number,
    starts: number,
    literals: number,
  ): void
  beginText(): void
  beginBlock(lowest: number, highest: number, cut: boolean): void
  collect(visit: number, end: number, block: number, offset: number): void
  finishBlock(next: number): number
  findRuns(from: number, to: number, out: number): number
}

/** Bytes around a block of a text from elsewhere that a hit's conditions are tested on. */
export const margin = 512

// Addresses that assembly/search.ts knows as well.
const classesAddress = 1024
const topsAddress = 2048

export const visitsAddress = 4096
const streamVisitBytes = streamVisits * 8

export const pageBytes = 65_536

/**
 * An instance with room for so much input; pages that are never written cost nothing. A larger input gets another
 * instance: to grow the memory would detach its buffer, and once a thread has seen a detached buffer, V8 checks for
 * that at every access to any typed array, which made the plain JavaScript kernel a quarter slower.
 */
export function instantiate(
  automaton: Automaton,
  filter: HitFilter | undefined,
  module: WebAssembly.Module,
  overlap: number,
  inputBytes: number,
) {
  const { transitions, firstAccepting, stride, outputs } = automaton
  const tables = layOut(automaton, filter, overlap)
  const inputAddress = alignTo(tables.end, pageBytes)
  const memory = new WebAssembly.Memory({ initial: Math.ceil((inputAddress + inputBytes) / pageBytes) })
  const { buffer } = memory
  const wasm = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as KernelExports
  new Int32Array(buffer, classesAddress, 256).set(automaton.classes)
  new Int32Array(buffer, tables.transitions, transitions.length).set(transitions)
  new Int32Array(buffer, tables.outputs, outputs.length).set(outputs)
  new Uint32Array(buffer, tables.filters, tables.encoded.length).set(tables.encoded)
  if (filter) {
    new Uint8Array(buffer, tables.sets, filter.sets.length).set(filter.sets)
    new Uint8Array(buffer, tables.kinds, 256).set(filter.kinds)
  }
  wasm.configure(tables.transitions, transitions.byteLength, firstAccepting, overlap)
  const { starts, literals, kinds, sets, filters } = tables
  wasm.configureHits(
    tables.transitions,
    stride * 4,
    firstAccepting * 4,
    tables.outputs,
    filters,
    sets,
    kinds,
    starts,
    literals,
  )
  return {
    wasm,
    memory,
    tops: new Uint32Array(buffer, topsAddress, streamCount),
    visits: new Int32Array(buffer, visitsAddress, streamCount * streamVisits * 2),
    starts: new Int32Array(buffer, starts, tables.mostHits),
    literals: new Int32Array(buffer, literals, tables.mostHits),
    block: new Uint8Array(buffer, tables.block, tables.blockBytes),
    blockAddress: tables.block,
    inputAddress,
    inputBytes,
  }
}

export type Instance = ReturnType<typeof instantiate>

export function endOfVisits(stream: number): number {
  return visitsAddress + (stream + 1) * streamVisitBytes
}

/** Where each table begins; the first three are as large as the rules make them. */
function layOut(automaton: Automaton, filter: HitFilter | undefined, overlap: number) {
  const { transitions, outputs, lengths } = automaton
  const encoded = encodeHitFilter(
    filter ?? { literals: [], sets: new Uint8Array(0), kinds: new Uint8Array(0) },
    lengths,
  )
  const mostHits = mostBlockBytes * mostOutputs(outputs, automaton)
  const blockBytes = margin + mostBlockBytes + Math.max(overlap, margin)
  const starts = visitsAddress + streamCount * streamVisitBytes
  const literals = starts + mostHits * 4
  const transitionsAt = literals + mostHits * 4
  const outputsAt = transitionsAt + transitions.byteLength
  const filters = outputsAt + outputs.byteLength
  const sets = filters + encoded.byteLength
  const kinds = sets + (filter?.sets.length ?? 0)
  const block = kinds + 256
  const end = block + blockBytes
  return {
    encoded,
    mostHits,
    blockBytes,
    starts,
    literals,
    transitions: transitionsAt,
    outputs: outputsAt,
    filters,
    sets,
    kinds,
    block,
    end,
  }
}

/** The most literals that begin at one place. */
function mostOutputs(outputs: Int32Array, { transitions, firstAccepting, stride }: Automaton): number {
  let most = 1
  for (let at = firstAccepting + stride - 1; at < transitions.length; at += stride) {
    most = Math.max(most, outputs[transitions[at]!]!)
  }
  return most
}

function alignTo(address: number, size: number): number {
  return Math.ceil(address / size) * size
}
