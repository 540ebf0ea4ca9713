/** How a repository names its objects. */
export type HashName = 'sha1' | 'sha256'

export const hashBytes: Readonly<Record<HashName, number>> = { sha1: 20, sha256: 32 }

/** An object's name in hex. */
export type ObjectId = string

export function isObjectId(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text)
}

/** The name that stands for "nothing", as in a reflog's first entry. */
export function isNullId(id: ObjectId): boolean {
  return /^0+$/.test(id)
}
