import { UserError } from '../errors.ts'
import { type BaseImage, readBaseImage } from './base-image.ts'
import type { BlobStore } from './blob-store.ts'
import { digestOf, hashFor } from './digest.ts'
import type { Image, ImageProblem, Layer, OpenedImages } from './image.ts'
import {
  type Descriptor,
  type ImageDocument,
  isObject,
  parseImageDocument,
  parseJsonObject,
  textList,
} from './manifest.ts'
import { isForPlatform, type Platform, printPlatform } from './platform.ts'
import { DigestMismatch, InvalidManifest, MissingBlob } from './problems.ts'

/** A manifest or index that somebody names. */
export interface ImageRoot {
  name: string
  descriptor: Descriptor
}

export interface PlatformChoice {
  /** `all`, or one that must be there; absent for the machine's own, else the first. */
  wanted?: Platform | 'all'
  own: Platform
}

/** An index may name another one, but not without end. */
const MOST_DEPTH = 4

/**
 * From names to images, each with its configuration and its layers.
 * @throws UserError when an image is not there for the wanted platform
 */
export async function resolveImages(
  store: BlobStore,
  roots: readonly ImageRoot[],
  platforms: PlatformChoice,
): Promise<OpenedImages> {
  const images: Image[] = []
  const problems: ImageProblem[] = []
  for (const { name, descriptor } of roots) await resolve(name, descriptor, 0)
  return { images, problems }

  async function resolve(name: string, descriptor: Descriptor, depth: number): Promise<void> {
    const document = await guard(`manifest ${descriptor.digest} of ${name}`, async () =>
      parseImageDocument(await verified(descriptor, await store.readManifest(descriptor))),
    )
    if (!document) return
    if (document.kind === 'manifest') {
      const found = await guard(`configuration of ${name}`, () => readImage(store, name, document))
      if (!found) return
      images.push(found)
      await attach(found, await listReferrers(descriptor.digest))
      return
    }
    if (depth === MOST_DEPTH) {
      problems.push({ reason: 'corrupt-object', name: `index of ${name}` })
      return
    }
    const chosen = choosePlatforms(name, document.manifests, platforms)
    for (const child of chosen) {
      const before = images.length
      await resolve(chosen.length > 1 ? nameFor(name, child) : name, child, depth + 1)
      const about = document.manifests.filter(manifest => speaksOf(manifest, child.digest))
      for (const image of images.slice(before)) await attach(image, about)
    }
  }

  async function attach(image: Image, about: readonly Descriptor[]): Promise<void> {
    for (const descriptor of about) {
      const document = await guard(`attestation ${descriptor.digest} of ${image.name}`, async () =>
        parseImageDocument(await verified(descriptor, await store.readManifest(descriptor))),
      )
      if (document?.kind !== 'manifest') continue
      const known = new Set(image.attachments.map(({ digest }) => digest))
      const fresh = document.layers.filter(({ digest }) => !known.has(digest))
      image.attachments.push(...toLayers(store, fresh, []))
    }
  }

  async function listReferrers(digest: string): Promise<Descriptor[]> {
    return (await guard(`referrers of ${digest}`, async () => store.listReferrers?.(digest))) ?? []
  }

  /** What is missing or wrong in one image must not hide the others. */
  async function guard<Value>(name: string, action: () => Promise<Value>): Promise<Value | undefined> {
    try {
      return await action()
    } catch (error) {
      if (error instanceof MissingBlob) problems.push({ reason: 'missing-object', name })
      else if (error instanceof DigestMismatch || error instanceof InvalidManifest)
        problems.push({ reason: 'corrupt-object', name: `${name} (${error.message})` })
      else throw error
      return undefined
    }
  }
}

async function readImage(
  store: BlobStore,
  name: string,
  { config, layers, annotations }: Extract<ImageDocument, { kind: 'manifest' }>,
): Promise<Image> {
  const bytes = await verified(config, await store.readConfig(config))
  const base = readBaseImage(annotations, bytes)
  return {
    name,
    config: bytes,
    layers: toLayers(store, layers, diffIdsOf(bytes)),
    ...(base ? { base: { ...base, ...(await readBaseLayers(store, base)) } } : {}),
    attachments: [],
  }
}

/** Of a base image that lies beside the image; to ask a registry for it may lead anywhere. */
async function readBaseLayers(store: BlobStore, { digest }: BaseImage): Promise<Pick<BaseImage, 'layers'>> {
  if (!store.isAtHand || digest === undefined) return {}
  const descriptor = { mediaType: '', digest, size: 0, annotations: {} }
  try {
    const document = parseImageDocument(await verified(descriptor, await store.readManifest(descriptor)))
    return document.kind === 'manifest' ? { layers: document.layers.map(layer => layer.digest) } : {}
  } catch (error) {
    // Nobody claims that it is there.
    if (isBlobProblem(error)) return {}
    throw error
  }
}

function isBlobProblem(error: unknown): boolean {
  return error instanceof MissingBlob || error instanceof DigestMismatch || error instanceof InvalidManifest
}

/** What the configuration says the layers unpack to; none where it is of another kind. */
export function diffIdsOf(config: Uint8Array): string[] {
  try {
    const { rootfs } = parseJsonObject(config)
    return isObject(rootfs) ? textList(rootfs.diff_ids) : []
  } catch {
    // Of an artifact, which has no layers of files.
    return []
  }
}

function toLayers(store: BlobStore, layers: readonly Descriptor[], diffIds: readonly string[]): Layer[] {
  return layers.map((descriptor, i) => ({
    digest: descriptor.digest,
    diffId: diffIds[i] ?? descriptor.digest,
    mediaType: descriptor.mediaType,
    size: descriptor.size,
    address: store.addressOf(descriptor),
    verify: 'stored',
    annotations: descriptor.annotations,
  }))
}

async function verified({ digest }: Descriptor, bytes: Uint8Array): Promise<Uint8Array> {
  const hash = hashFor(digest).update(bytes).digest('hex')
  if (digest.endsWith(`:${hash}`)) return bytes
  throw new DigestMismatch(`its bytes have the digest ${digestOf(bytes)}`)
}

/** BuildKit keeps attestations beside the images, as manifests for no platform. */
function isAttestation({ annotations, platform }: Descriptor): boolean {
  return annotations['vnd.docker.reference.type'] !== undefined || platform?.os === 'unknown'
}

function speaksOf(manifest: Descriptor, digest: string): boolean {
  return manifest.annotations['vnd.docker.reference.digest'] === digest
}

function choosePlatforms(
  name: string,
  manifests: readonly Descriptor[],
  { wanted, own }: PlatformChoice,
): Descriptor[] {
  const images = manifests.filter(manifest => !isAttestation(manifest))
  if (wanted === 'all') return images
  // An index within an index says nothing of platforms; a lone image is what there is to read.
  const isFor = (platform: Platform) => images.filter(image => isForPlatform(image.platform, platform))
  const [chosen] = isFor(wanted ?? own)
  if (chosen) return [chosen]
  const [first] = images
  if (first && (!wanted || images.every(({ platform }) => platform === undefined)))
    return wanted ? images : [first]
  const there = images.flatMap(({ platform }) => (platform ? [printPlatform(platform)] : []))
  throw new UserError(
    `"${name}" is not there for ${printPlatform(wanted ?? own)}`,
    there.length ? `It is there for ${there.join(', ')}.` : 'Its index names no image.',
  )
}

function nameFor(name: string, { platform, digest }: Descriptor): string {
  return `${name} (${platform ? printPlatform(platform) : digest})`
}
