import type { Chunks } from '../../archive/byte-reader.ts'
import { DigestCheck } from '../../oci/digest.ts'
import type { Layer } from '../../oci/image.ts'

/** Sees a layer's bytes go by, as they are stored and as they are unpacked. */
export interface LayerWatch {
  stored(chunks: Chunks): Chunks
  unpacked(chunks: Chunks): Chunks
  /** @throws DigestMismatch */
  verify(isUnpackedWhole: boolean): void
}

export function createLayerWatch({ verify, digest, diffId, size }: Layer): LayerWatch {
  const asItIs = (chunks: Chunks) => chunks
  if (verify === 'stored') {
    const check = new DigestCheck(digest, size)
    return { stored: chunks => check.watch(chunks), unpacked: asItIs, verify: () => check.verify() }
  }
  const check = new DigestCheck(diffId)
  return {
    stored: asItIs,
    unpacked: chunks => check.watch(chunks),
    // What could not be unpacked to its end is told already.
    verify: isUnpackedWhole => isUnpackedWhole && check.verify(),
  }
}
