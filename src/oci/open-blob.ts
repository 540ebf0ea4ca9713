import { closeSync } from 'node:fs'
import { oneChunk, type PassingChunks } from '../archive/byte-reader.ts'
import { fileChunks } from '../archive/random-access.ts'
import type { BlobAddress } from './blob-address.ts'
import { openRegular } from './file-tree.ts'
import { MissingBlob } from './problems.ts'
import { RegistryClient } from './registry/client.ts'
import { readRegistryBlob } from './registry/read-blob.ts'

/** Opens blobs, as they are stored; who needs to be sure verifies their digest. */
export function createBlobOpener(): (address: BlobAddress) => PassingChunks {
  const clients = new Map<string, RegistryClient>()
  return address => {
    switch (address.kind) {
      case 'file':
        return readFilePart(address)
      case 'registry':
        return readRegistryBlob(clientFor(address), address.digest, address.size)
      case 'passed':
        return missing(address.name)
      case 'memory':
        return oneChunk(address.bytes)
    }
  }

  /** A token that one blob was given is good for the next. */
  function clientFor({ access }: Extract<BlobAddress, { kind: 'registry' }>): RegistryClient {
    const key = `${access.origin} ${access.repository}`
    const client = clients.get(key) ?? new RegistryClient(access)
    clients.set(key, client)
    return client
  }
}

async function* readFilePart({ path, start, end }: Extract<BlobAddress, { kind: 'file' }>) {
  const file = openRegular(path)
  try {
    yield* fileChunks(file, start, end)
  } finally {
    closeSync(file)
  }
}

// biome-ignore lint/correctness/useYield: whoever reads it learns that there is nothing
async function* missing(name: string): AsyncGenerator<Uint8Array, void, undefined> {
  throw new MissingBlob(name)
}
