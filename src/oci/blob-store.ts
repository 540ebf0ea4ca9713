import type { BlobAddress } from './blob-address.ts'
import type { Descriptor } from './manifest.ts'

/** Where manifests are read from. */
export interface BlobStore {
  /** All bytes of a manifest or configuration, not yet verified. @throws MissingBlob */
  readManifest(descriptor: Descriptor): Promise<Uint8Array>
  readConfig(descriptor: Descriptor): Promise<Uint8Array>
  /** To look whether something is there costs nothing. */
  isAtHand: boolean
  /** @throws MissingBlob */
  addressOf(descriptor: Descriptor): BlobAddress
  /** Manifests that speak about another one. */
  listReferrers?(digest: string): Promise<Descriptor[]>
}

/** Bytes: registries refuse manifests larger than 4 MB. */
export const MOST_MANIFEST = 8 * 1024 * 1024
export const MOST_CONFIG = 64 * 1024 * 1024
