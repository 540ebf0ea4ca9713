/** Bytes are not those that their digest names. */
export class DigestMismatch extends Error {
  override name = 'DigestMismatch'
}

/** What a manifest names is not there. */
export class MissingBlob extends Error {
  override name = 'MissingBlob'
}

/** A manifest, index or configuration that is not what its format demands. */
export class InvalidManifest extends Error {
  override name = 'InvalidManifest'
}
