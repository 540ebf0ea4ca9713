/**
 * Contents out of a layer for another thread to search: their bytes one behind the other, then what else there is to know of
 * them as JSON, then how long that is.
 */
import type { Content } from '../../model.ts'
import { layerPartSizes } from '../part-position.ts'

export interface BatchContent {
  /** Of which file in the layer, so that the order of matches does not depend on who found them. */
  file: number
  content: Omit<Content, 'origin'>
}

export interface ContentBatch {
  layer: number
  contents: BatchContent[]
}

type Description = [file: number, length: number, rest: Omit<Content, 'origin' | 'bytes'>]

/** Bytes for the rest of JSON around a name, each character of which may take six. */
const AROUND_NAME = 300
const CHARACTER = 6
const TRAILER = 4

/** The largest content is a part of a file. */
export const batchSize = layerPartSizes.before + layerPartSizes.part + layerPartSizes.after + 64 * 1024

export class BatchWriter {
  /** Of the contents' bytes. */
  length = 0
  readonly #bytes: Uint8Array
  readonly #layer: number
  readonly #contents: Description[] = []
  #descriptions = AROUND_NAME + TRAILER

  constructor(bytes: Uint8Array, layer: number) {
    this.#bytes = bytes
    this.#layer = layer
  }

  fits({ path, bytes }: Content): boolean {
    return this.length + this.#descriptions + weigh(path) + bytes.length <= this.#bytes.length
  }

  add({ bytes, origin, ...rest }: Content, file: number): void {
    this.#bytes.set(bytes, this.length)
    this.#contents.push([file, bytes.length, rest])
    this.#descriptions += weigh(rest.path)
    this.length += bytes.length
  }

  /** Answers with how long all of it is. */
  finish(): number {
    const descriptions = Buffer.from(JSON.stringify([this.#layer, this.#contents]))
    this.#bytes.set(descriptions, this.length)
    const end = this.length + descriptions.length
    new DataView(this.#bytes.buffer, this.#bytes.byteOffset).setUint32(end, descriptions.length)
    return end + TRAILER
  }
}

function weigh(path: string): number {
  return CHARACTER * path.length + AROUND_NAME
}

export function readBatch(bytes: Uint8Array): ContentBatch {
  const end = bytes.length - TRAILER
  const size = new DataView(bytes.buffer, bytes.byteOffset).getUint32(end)
  const text = Buffer.from(bytes.subarray(end - size, end)).toString('utf8')
  const [layer, contents]: [number, Description[]] = JSON.parse(text)
  let at = 0
  return {
    layer,
    contents: contents.map(([file, length, rest]) => {
      const start = at
      at += length
      return { file, content: { ...rest, bytes: bytes.subarray(start, at) } }
    }),
  }
}
