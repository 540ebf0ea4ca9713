/**
 * The documents of an image (https://github.com/opencontainers/image-spec, and Docker's schema 2, which says the same):
 * an index names manifests, a manifest names a configuration and layers. All of them come from strangers.
 */
import { isDigest } from './digest.ts'
import type { Platform } from './platform.ts'
import { InvalidManifest } from './problems.ts'

export interface Descriptor {
  mediaType: string
  digest: string
  /** Bytes. */
  size: number
  annotations: Annotations
  platform?: Platform
  artifactType?: string
}

type Annotations = Readonly<Record<string, string>>

export type ImageDocument =
  | { kind: 'index'; manifests: Descriptor[] }
  | { kind: 'manifest'; config: Descriptor; layers: Descriptor[]; annotations: Annotations; subject?: string }

/** Media types that a client says it reads. */
export const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
]

/** @throws InvalidManifest */
export function parseImageDocument(bytes: Uint8Array): ImageDocument {
  const document = parseJsonObject(bytes)
  if (Array.isArray(document.manifests))
    return { kind: 'index', manifests: document.manifests.map(parseDescriptor) }
  if (!Array.isArray(document.layers))
    throw new InvalidManifest(
      document.schemaVersion === 1 ? 'a manifest of schema 1, which nothing makes any more' : 'no manifest',
    )
  return {
    kind: 'manifest',
    config: parseDescriptor(document.config),
    layers: document.layers.map(parseDescriptor),
    annotations: Object.fromEntries(textEntries(document.annotations)),
    ...(isObject(document.subject) ? { subject: parseDescriptor(document.subject).digest } : {}),
  }
}

/** @throws InvalidManifest */
export function parseJsonObject(bytes: Uint8Array): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8'))
  } catch (error) {
    throw new InvalidManifest('no JSON', { cause: error })
  }
  if (!isObject(value)) throw new InvalidManifest('no JSON object')
  return value
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The entries of an object whose values are texts. */
export function textEntries(value: unknown): [string, string][] {
  if (!isObject(value)) return []
  return Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
}

export function textList(value: unknown): string[] {
  return Array.isArray(value) ? value.filter(item => typeof item === 'string') : []
}

function parseDescriptor(value: unknown): Descriptor {
  if (!isObject(value) || !isDigest(value.digest)) throw new InvalidManifest('a descriptor without a digest')
  const { size, mediaType, artifactType, platform } = value
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0)
    throw new InvalidManifest('a descriptor without a size')
  return {
    mediaType: typeof mediaType === 'string' ? mediaType : '',
    digest: value.digest,
    size,
    annotations: Object.fromEntries(textEntries(value.annotations)),
    ...(isObject(platform) ? { platform: parsePlatformObject(platform) } : {}),
    ...(typeof artifactType === 'string' ? { artifactType } : {}),
  }
}

function parsePlatformObject({ os, architecture, variant }: Record<string, unknown>): Platform {
  return {
    os: typeof os === 'string' ? os : 'unknown',
    architecture: typeof architecture === 'string' ? architecture : 'unknown',
    ...(typeof variant === 'string' && variant !== '' ? { variant } : {}),
  }
}
