/**
 * Files that a layer has from published packages, unchanged: secrets in them are everybody's, such as the keys that a library
 * tests itself with. A package's database stands in the same layer, as the same instruction made both.
 */
import { createHash } from 'node:crypto'
import type { PassingChunks } from '../../archive/byte-reader.ts'
import { hashText, holdsHash } from './hashed-texts.ts'
import { packageDatabases } from './packages/index.ts'
import type { PackageRecord } from './packages/package-database.ts'

/** Larger databases and files are not looked at. */
export const mostOfPackage = 32 * 1024 * 1024

export class PackageRecorder {
  readonly #files = new Map<string, number[]>()
  readonly #published = new Set<string>()
  readonly #local = new Set<string>()

  isPart(path: string): boolean {
    return packageDatabases.some(database => database.isPart(path))
  }

  read(path: string, bytes: Uint8Array): void {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')
    for (const database of packageDatabases)
      if (database.isPart(path)) database.read(path, text, this.#record)
  }

  readonly #record: PackageRecord = {
    file: (name, path, digest) => {
      const files = this.#files.get(name) ?? []
      this.#files.set(name, files)
      files.push(hashText(`${path} ${digest}`))
    },
    published: name => void this.#published.add(name),
    local: name => void this.#local.add(name),
  }

  /** Files of published packages by their identities, sorted. */
  result(): Float64Array {
    const published = [...this.#files].filter(([name]) => this.#published.has(name) && !this.#local.has(name))
    return Float64Array.from(published.flatMap(([, files]) => files)).sort()
  }
}

/** By their identities, sorted. */
export type PublishedFiles = Float64Array

/** What a file is called and what is in it, as each of the databases that may know it would write it. */
export type FileIdentity = readonly { database: number; hash: number }[]

export function identify(path: string, bytes: Uint8Array): FileIdentity {
  const identity = new IdentitySum(path)
  identity.add(bytes)
  return identity.result()
}

/** Whether the file is as a published package brought it, and a secret of this provider in it is the world's. */
export function isPublished(
  identity: FileIdentity,
  published: PublishedFiles,
  provider: string,
  path: string,
): boolean {
  return identity.some(
    ({ database, hash }) =>
      holdsHash(published, hash) && packageDatabases[database]?.covers(provider, path) === true,
  )
}

/** Identifies what goes by. */
export async function* watchIdentity(
  path: string,
  chunks: PassingChunks,
  tell: (identity: FileIdentity) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  const identity = new IdentitySum(path)
  for await (const chunk of chunks) {
    identity.add(chunk)
    yield chunk
  }
  tell(identity.result())
}

export function mayBePublished(path: string): boolean {
  return packageDatabases.some(({ folders }) => folders.test(path))
}

class IdentitySum {
  readonly #path: string
  readonly #sums

  constructor(path: string) {
    this.#path = path
    this.#sums = packageDatabases.flatMap(({ folders, algorithm, writing }, database) =>
      folders.test(path) ? [{ database, sum: createHash(algorithm), writing }] : [],
    )
  }

  add(chunk: Uint8Array): void {
    for (const { sum } of this.#sums) sum.update(chunk)
  }

  result(): FileIdentity {
    return this.#sums.map(({ database, sum, writing }) => ({
      database,
      hash: hashText(`${this.#path} ${sum.digest(writing)}`),
    }))
  }
}
