/** What an image's configuration tells about its layers: which instruction made each, and which came with the base image. */
import { isObject, parseJsonObject } from '../../oci/manifest.ts'

export interface LayerHistory {
  /** Cut short, for people. */
  createdBy?: string
  /** It belongs to the image that this one was built on. */
  isBase: boolean
}

interface Step {
  instruction: string
  isEmpty: boolean
}

/** A layer's history each; nothing is claimed where the steps do not fit the layers. */
export function readHistory(config: Uint8Array, layers: number): LayerHistory[] {
  const steps = readSteps(config)
  const makers = steps.filter(({ isEmpty }) => !isEmpty)
  if (makers.length !== layers) return Array.from({ length: layers }, () => ({ isBase: false }))
  const ofBase = countBaseLayers(steps)
  return makers.map(({ instruction }, i) => ({
    ...(instruction === '' ? {} : { createdBy: shorten(instruction) }),
    isBase: i < ofBase,
  }))
}

function readSteps(config: Uint8Array): Step[] {
  try {
    const { history } = parseJsonObject(config)
    if (!Array.isArray(history)) return []
    return history.filter(isObject).map(({ created_by, empty_layer }) => ({
      instruction: typeof created_by === 'string' ? created_by : '',
      isEmpty: empty_layer === true,
    }))
  } catch {
    // Told where the configuration itself is read.
    return []
  }
}

/**
 * A Dockerfile ends with what to start, and each image is built on such a one: the last CMD or ENTRYPOINT with layers behind
 * it is the end of the base image. Nothing in the format says so itself.
 */
function countBaseLayers(steps: readonly Step[]): number {
  const lastMaker = steps.findLastIndex(({ isEmpty }) => !isEmpty)
  const end = steps.findLastIndex(
    ({ instruction, isEmpty }, i) =>
      i < lastMaker && isEmpty && /^(?:CMD|ENTRYPOINT)\b/.test(plain(instruction)),
  )
  return steps.slice(0, end + 1).filter(({ isEmpty }) => !isEmpty).length
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
