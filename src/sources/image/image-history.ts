/** What an image's configuration tells about its layers: which instruction made each, and which came with the base image. */
import type { BaseImage } from '../../oci/base-image.ts'
import type { Image } from '../../oci/image.ts'
import { isObject, parseJsonObject } from '../../oci/manifest.ts'

export interface LayerHistory {
  /** Cut short, for people. */
  createdBy?: string
  /** It belongs to the image that this one was built on. */
  isBase: boolean
}

interface Step {
  instruction: string
  comment: string
  isEmpty: boolean
}

/** A layer's history each; nothing is claimed where the steps do not fit the layers. */
export function readHistory({
  config,
  layers,
  base,
}: Pick<Image, 'config' | 'layers' | 'base'>): LayerHistory[] {
  const steps = readSteps(config)
  const makers = steps.filter(({ isEmpty }) => !isEmpty)
  const isFitting = makers.length === layers.length
  const ofBase =
    countSharedLayers(layers, base) ??
    (isFitting ? (countLayersBefore(steps, base) ?? guessBaseLayers(steps)) : 0)
  return layers.map((_, i) => {
    const instruction = isFitting ? (makers[i]?.instruction ?? '') : ''
    return { ...(instruction === '' ? {} : { createdBy: shorten(instruction) }), isBase: i < ofBase }
  })
}

function readSteps(config: Uint8Array): Step[] {
  try {
    const { history } = parseJsonObject(config)
    if (!Array.isArray(history)) return []
    return history.filter(isObject).map(({ created_by, comment, empty_layer }) => ({
      instruction: typeof created_by === 'string' ? created_by : '',
      comment: typeof comment === 'string' ? comment : '',
      isEmpty: empty_layer === true,
    }))
  } catch {
    // Told where the configuration itself is read.
    return []
  }
}

/** An image begins with all layers of the one it was built on. */
function countSharedLayers(layers: Image['layers'], base: BaseImage | undefined): number | undefined {
  const isShared = base?.layers?.every((digest, i) => layers[i]?.digest === digest)
  return isShared ? base?.layers?.length : undefined
}

/** Buildah notes at every step what it starts from: at an image's own first one, the name of the base image. */
function countLayersBefore(steps: readonly Step[], base: BaseImage | undefined): number | undefined {
  if (base?.name === undefined) return undefined
  if (base.name === '') return 0
  const first = steps.findLastIndex(({ comment }) => comment === `FROM ${base.name}`)
  return first < 0 ? undefined : countLayers(steps.slice(0, first))
}

/**
 * A Dockerfile ends with what to start, and each image is built on such a one: the last CMD or ENTRYPOINT with layers behind
 * it is the end of the base image.
 */
function guessBaseLayers(steps: readonly Step[]): number {
  const lastMaker = steps.findLastIndex(({ isEmpty }) => !isEmpty)
  const end = steps.findLastIndex(
    ({ instruction, isEmpty }, i) =>
      i < lastMaker && isEmpty && /^(?:CMD|ENTRYPOINT)\b/.test(plain(instruction)),
  )
  return countLayers(steps.slice(0, end + 1))
}

function countLayers(steps: readonly Step[]): number {
  return steps.filter(({ isEmpty }) => !isEmpty).length
}

/** Without what the builders put around it. */
function plain(instruction: string): string {
  return instruction
    .replace(/^\/bin\/sh -c #\(nop\)\s*/, '')
    .replace(/\s*# buildkit$/, '')
    .replace(/\s+/g, ' ')
    .trim()
}

const MOST_SHOWN = 200

function shorten(instruction: string): string {
  const text = plain(instruction)
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN - 1)}…` : text
}
