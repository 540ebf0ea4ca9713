import type { ObjectId } from './object-id.ts'
import type { ObjectReader } from './object-reader.ts'

export interface Message {
  objectType: 'commit' | 'tag'
  /** The object whole: people also write secrets into names and e-mail addresses. */
  text: Buffer
  author: string
  /** ISO 8601, UTC. */
  date: string
}

/** A commit, or an annotated tag; undefined for what is neither. */
export function readMessage(id: ObjectId, objects: ObjectReader): Message | undefined {
  const object = objects.read(id)
  if ((object.type !== 'commit' && object.type !== 'tag') || !('bytes' in object)) return undefined
  const head = object.bytes.toString('utf8', 0, Math.max(0, object.bytes.indexOf('\n\n')))
  const person = /^(?:author|tagger) (.*) (\d+) [+-]\d{4}$/m.exec(head)
  return {
    objectType: object.type,
    text: object.bytes,
    author: person?.[1] ?? '',
    date: person?.[2] ? new Date(Number(person[2]) * 1000).toISOString() : '',
  }
}
