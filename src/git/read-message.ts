import type { GitObject } from './git-object.ts'
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
  return 'bytes' in object ? parseMessage(object) : undefined
}

export function parseMessage({ type, bytes }: GitObject): Message | undefined {
  if (type !== 'commit' && type !== 'tag') return undefined
  const headEnd = bytes.indexOf('\n\n')
  const head = bytes.toString('utf8', 0, headEnd < 0 ? bytes.length : headEnd)
  const person = /^(?:author|tagger) (.*?) ?(-?\d+) [+-]\d+$/m.exec(head)
  return { objectType: type, text: bytes, author: person?.[1] ?? '', date: toDate(person?.[2]) }
}

/** Seconds since 1970 → ISO 8601; a date that no calendar has is left out. */
function toDate(seconds: string | undefined): string {
  const date = new Date(Number(seconds) * 1000)
  return seconds === undefined || Number.isNaN(date.getTime()) ? '' : date.toISOString()
}
