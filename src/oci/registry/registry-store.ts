import { type BlobStore, MOST_CONFIG, MOST_MANIFEST } from '../blob-store.ts'
import { digestOf } from '../digest.ts'
import { type Descriptor, manifestTypes, parseImageDocument } from '../manifest.ts'
import { InvalidManifest, MissingBlob } from '../problems.ts'
import type { RegistryClient } from './client.ts'

const accept = { accept: manifestTypes.join(', ') }

/** What a tag or digest stands for now. @throws MissingBlob */
export async function readRoot(
  client: RegistryClient,
  reference: string,
  digest: string | undefined,
): Promise<{ descriptor: Descriptor; bytes: Uint8Array }> {
  const bytes = await client.read(`manifests/${reference}`, accept, MOST_MANIFEST)
  return {
    descriptor: { mediaType: '', digest: digest ?? digestOf(bytes), size: bytes.length, annotations: {} },
    bytes,
  }
}

/** @param root what was read already to learn its digest */
export function registryStore(
  client: RegistryClient,
  root: { descriptor: Descriptor; bytes: Uint8Array },
): BlobStore {
  return {
    isAtHand: false,
    async readManifest({ digest }) {
      if (digest === root.descriptor.digest) return root.bytes
      return client.read(`manifests/${digest}`, accept, MOST_MANIFEST)
    },
    readConfig: ({ digest }) => client.read(`blobs/${digest}`, {}, MOST_CONFIG),
    addressOf: ({ digest, size }) => ({ kind: 'registry', access: client.access, digest, size }),
    listReferrers: digest => listReferrers(client, digest),
  }
}

/** By the API of distribution 1.1; where a registry does not have it, by the tag that stands in for it. */
async function listReferrers(client: RegistryClient, digest: string): Promise<Descriptor[]> {
  const lists = [`referrers/${digest}`, `manifests/${digest.replace(':', '-')}`]
  for (const path of lists) {
    try {
      const document = parseImageDocument(await client.read(path, accept, MOST_MANIFEST))
      if (document.kind === 'index') return document.manifests
    } catch (error) {
      // No such list; some registries answer other errors to what they do not know.
      if (!(error instanceof MissingBlob || error instanceof InvalidManifest || isRefusal(error))) throw error
    }
  }
  return []
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && /answers with status 4/.test(error.message)
}
