import type { Catalog } from '../../git/catalog.ts'
import {
  CorruptObjectError,
  type GitObject,
  MissingObjectError,
  type ObjectType,
} from '../../git/git-object.ts'
import type { TreeSource } from '../../git/list-changes.ts'
import { hashBytes, type ObjectId } from '../../git/object-id.ts'
import type { ObjectStore } from '../../git/object-store.ts'
import { type Message, parseMessage } from '../../git/read-message.ts'
import { readTree, type TreeEntry } from '../../git/read-tree.ts'

const MOST_TREES = 4096
const nothing = Buffer.alloc(0)

/** Reads single objects once it is known which ones matter. What cannot be read is empty: it was reported before. */
export class HistoryObjects implements TreeSource {
  readonly #store: ObjectStore
  readonly #catalog: Catalog
  readonly #find: (id: Uint8Array) => number
  readonly #trees = new Map<number, readonly TreeEntry[]>()
  #lastMessage: { id: ObjectId; message: Message | undefined } | undefined

  constructor(store: ObjectStore, catalog: Catalog, find: (id: Uint8Array) => number) {
    this.#store = store
    this.#catalog = catalog
    this.#find = find
  }

  /** Entries of a tree. */
  read(tree: number): readonly TreeEntry[] {
    const known = this.#trees.get(tree)
    if (known) return known
    const entries = this.#readTree(tree)
    if (this.#trees.size >= MOST_TREES) this.#trees.clear()
    this.#trees.set(tree, entries)
    return entries
  }

  treeBytes(tree: number): Buffer {
    return this.bytesOf(this.#catalog.idOf(tree)) ?? nothing
  }

  get hashSize(): number {
    return hashBytes[this.#store.repository.hash]
  }

  #readTree(tree: number): readonly TreeEntry[] {
    try {
      return readTree(this.treeBytes(tree), this.hashSize)
    } catch (error) {
      if (error instanceof CorruptObjectError) return []
      throw error
    }
  }

  numberOf(id: ObjectId): number {
    return this.#find(Buffer.from(id, 'hex'))
  }

  idOf(number: number): ObjectId {
    return this.#catalog.idOf(number)
  }

  bytesOf(id: ObjectId): Buffer | undefined {
    return this.#object(id)?.bytes
  }

  typeOf(id: ObjectId): ObjectType | undefined {
    return this.#object(id)?.type
  }

  /** A commit or an annotated tag. */
  messageOf(id: ObjectId): Message | undefined {
    // Most often it is asked for again by what the same commit brings besides.
    if (this.#lastMessage?.id !== id) {
      const object = this.#object(id)
      this.#lastMessage = { id, message: object && parseMessage(object) }
    }
    return this.#lastMessage.message
  }

  #object(id: ObjectId): GitObject | undefined {
    return readReported(this.#store, id)
  }
}

/** An object, or undefined where it cannot be read: whoever reads all objects has reported that. */
export function readReported(store: ObjectStore, id: ObjectId): GitObject | undefined {
  try {
    return store.read(id)
  } catch (error) {
    if (error instanceof CorruptObjectError || error instanceof MissingObjectError) return undefined
    throw error
  }
}
