/**
 * Objects as git itself reads them (https://git-scm.com/docs/git-cat-file#_batch_output): for repositories that are kept
 * in a way that we do not know.
 */
import type { GitObject, ObjectType } from './git-object.ts'
import type { ObjectId } from './object-id.ts'
import type { Repository } from './repository.ts'
import { runGitSync } from './run-git.ts'

interface Listed {
  type: ObjectType
  size: number
}

/** So many bytes of objects are asked for at once; a larger one comes alone. */
const BATCH = 32 * 1024 * 1024
const NEWLINE = 10
/** `ID TYPE SIZE` and the newlines around an object. */
const LINE = 128

export class ObjectsFromGit {
  readonly #gitDir: string
  #listed: Map<ObjectId, Listed> | undefined
  #order: ObjectId[] = []
  #ahead = new Map<ObjectId, GitObject>()
  #problem: string | undefined

  constructor({ gitDir }: Pick<Repository, 'gitDir'>) {
    this.#gitDir = gitDir
  }

  /** Why git cannot list the objects; undefined when it could. */
  get problem(): string | undefined {
    this.#list()
    return this.#problem
  }

  /** Names of all objects, in ascending order. */
  list(): readonly ObjectId[] {
    this.#list()
    return this.#order
  }

  /** The object, or undefined where git does not have it, cannot read it, or it is larger than `limit`. */
  read(id: ObjectId, limit: number): GitObject | undefined {
    const { size = Number.POSITIVE_INFINITY } = this.#list().get(id) ?? {}
    if (size > limit) return undefined
    if (!this.#ahead.has(id)) this.#ahead = this.#readFrom(id)
    return this.#ahead.get(id)
  }

  #list(): ReadonlyMap<ObjectId, Listed> {
    if (this.#listed) return this.#listed
    const args = ['cat-file', '--batch-all-objects', '--batch-check']
    const { code, stdout, stderr, startError } = runGitSync(this.#gitDir, args, Number.POSITIVE_INFINITY)
    if (startError !== undefined) this.#problem = `git cannot be started (${startError})`
    else if (code !== 0) this.#problem = stderr.trim().split('\n')[0] ?? `git ended with ${code}`
    const listed = new Map<ObjectId, Listed>()
    for (const line of code === 0 ? stdout.toString('latin1').split('\n') : []) {
      const [id = '', type = '', size = ''] = line.split(' ')
      if (/^(?:commit|tree|blob|tag)$/.test(type))
        listed.set(id, { type: type as ObjectType, size: Number(size) })
    }
    this.#order = [...listed.keys()].sort()
    this.#listed = listed
    return listed
  }

  /** An object with those that follow it: they are asked for in order. */
  #readFrom(first: ObjectId): Map<ObjectId, GitObject> {
    const listed = this.#list()
    const ids: ObjectId[] = []
    let bytes = 0
    for (let at = findFirst(this.#order, first); at < this.#order.length; at++) {
      const id = this.#order[at]!
      bytes += (listed.get(id)?.size ?? 0) + LINE
      if (ids.length > 0 && bytes > BATCH) break
      ids.push(id)
    }
    const input = Buffer.from(`${ids.join('\n')}\n`)
    const { stdout } = runGitSync(this.#gitDir, ['cat-file', '--batch', '--buffer'], 2 * bytes + BATCH, input)
    return parseBatch(stdout)
  }
}

function findFirst(order: readonly ObjectId[], id: ObjectId): number {
  let low = 0
  let high = order.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (order[middle]! < id) low = middle + 1
    else high = middle
  }
  return low
}

/** What was printed until git stopped, as it does at an object that is damaged. */
function parseBatch(output: Buffer): Map<ObjectId, GitObject> {
  const objects = new Map<ObjectId, GitObject>()
  for (let at = 0; at < output.length; ) {
    const lineEnd = output.indexOf(NEWLINE, at)
    if (lineEnd < 0) break
    const [id = '', type = '', size = ''] = output.toString('latin1', at, lineEnd).split(' ')
    at = lineEnd + 1
    // `ID missing`
    if (size === '') continue
    const end = at + Number(size)
    if (end >= output.length) break
    objects.set(id, { type: type as ObjectType, bytes: output.subarray(at, end) })
    at = end + 1
  }
  return objects
}
