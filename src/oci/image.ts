import type { BaseImage } from './base-image.ts'
import type { BlobAddress } from './blob-address.ts'

/** An image, as far as it has to be known before its layers are read. */
export interface Image {
  /** What people call it. */
  name: string
  /** The configuration as it is stored; empty where there is none. */
  config: Uint8Array
  layers: Layer[]
  /** What it says that it was built on. */
  base?: BaseImage
  /** Attestations, bills of materials, signatures: blobs that speak about it. */
  attachments: Layer[]
}

export interface Layer {
  /** As the manifest names it; where there is none, its `diffId`. */
  digest: string
  /** Digest of the tar in it. */
  diffId: string
  mediaType: string
  /** Bytes as stored; 0 where nobody says. */
  size: number
  address: BlobAddress
  /** Whether the stored bytes have the digest, or only what they unpack to has. */
  verify: 'stored' | 'unpacked'
  annotations: Readonly<Record<string, string>>
}

/** Part of an image, or one of several, that cannot be read. */
export interface ImageProblem {
  reason: 'corrupt-object' | 'missing-object'
  name: string
}

export interface OpenedImages {
  images: Image[]
  problems: ImageProblem[]
}
