import type { FileTree } from '../../../oci/file-tree.ts'
import { InvalidManifest, MissingBlob } from '../../../oci/problems.ts'

/** The documents that a stream brought, beside layers that have gone by. */
export function heldTree(
  held: ReadonlyMap<string, Uint8Array>,
  layers: ReadonlyMap<string, unknown>,
): FileTree {
  return {
    has: name => held.has(name) || layers.has(name),
    read(name, most) {
      const bytes = held.get(name)
      if (!bytes) throw new MissingBlob(name)
      if (bytes.length > most) throw new InvalidManifest('too large')
      return bytes
    },
    addressOf(name) {
      const bytes = held.get(name)
      return bytes ? { kind: 'memory', bytes } : { kind: 'passed', name }
    },
  }
}
