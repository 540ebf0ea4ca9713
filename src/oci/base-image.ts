/**
 * What an image says of the one it was built on (https://github.com/opencontainers/image-spec/blob/main/annotations.md):
 * builders write it into the manifest; some people write it into labels, which a further image inherits.
 */
import { isDigest } from './digest.ts'
import { isObject, parseJsonObject } from './manifest.ts'

export interface BaseImage {
  /** Empty where it was built on nothing. */
  name?: string
  digest?: string
  /** Digests of its layers, as stored, where its manifest is at hand. */
  layers?: readonly string[]
}

const NAME = 'org.opencontainers.image.base.name'
const DIGEST = 'org.opencontainers.image.base.digest'

export function readBaseImage(
  annotations: Readonly<Record<string, unknown>>,
  config: Uint8Array,
): BaseImage | undefined {
  return parseBase(annotations) ?? parseBase(labelsOf(config))
}

function parseBase(said: Readonly<Record<string, unknown>>): BaseImage | undefined {
  const { [NAME]: name, [DIGEST]: digest } = said
  const base: BaseImage = {
    ...(typeof name === 'string' ? { name: name === 'scratch' ? '' : name } : {}),
    ...(isDigest(digest) ? { digest } : {}),
  }
  return Object.keys(base).length ? base : undefined
}

function labelsOf(config: Uint8Array): Record<string, unknown> {
  try {
    const { config: run } = parseJsonObject(config)
    return isObject(run) && isObject(run.Labels) ? run.Labels : {}
  } catch {
    // Told where the configuration itself is read.
    return {}
  }
}
