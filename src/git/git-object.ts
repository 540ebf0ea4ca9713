import type { ObjectId } from './object-id.ts'

export type ObjectType = 'commit' | 'tree' | 'blob' | 'tag'

export interface GitObject {
  type: ObjectType
  bytes: Buffer
}

/** As a pack numbers them; 6 and 7 are deltas. */
export const packTypes: Readonly<Record<number, ObjectType>> = { 1: 'commit', 2: 'tree', 3: 'blob', 4: 'tag' }

/** The store does not have the object: a shallow or partial clone, or a damaged repository. */
export class MissingObjectError extends Error {
  override readonly name = 'MissingObjectError'
  readonly id: ObjectId

  constructor(id: ObjectId) {
    super(`object ${id} is missing`)
    this.id = id
  }
}

/** The bytes of an object (or of what it is stored in) do not make sense. */
export class CorruptObjectError extends Error {
  override readonly name = 'CorruptObjectError'
}

/** Objects above this size are not read: a Node buffer could hold them, the memory of a thread should not. */
export const MAX_OBJECT = 2 ** 31 - 65_536
