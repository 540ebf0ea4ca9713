import { closeSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import type { Sighting } from '../../../hygiene/facts.ts'
import { baseOf } from '../../../hygiene/problem.ts'

/** What kernels, runtimes and package managers leave of a program that crashed: its memory holds its environment. */
const dumps =
  /^core(?:\.\d+)?$|\.(?:core|dmp|mdmp|hprof|heapsnapshot|stackdump)$|^(?:hs_err_pid\d+|npm-debug|yarn-error)\.log/i
const MOST_DUMPS = 20
const MOST_BYTES = 512 * 1024 ** 2
const CHUNK = 16 * 1024 ** 2
/** Shorter values occur by chance. */
const SHORTEST = 12

/** Values in use that lie in memory dumps of the project. */
export function readDumps(
  root: string,
  paths: Iterable<string>,
  values: ReadonlyMap<string, string>,
  nameOf: (digest: string) => string | undefined,
): Sighting[] {
  const wanted = [...values].flatMap(([digest, value]) => {
    const key = nameOf(digest)
    return key !== undefined && value.length >= SHORTEST ? [{ digest, key, bytes: Buffer.from(value) }] : []
  })
  if (wanted.length === 0) return []
  return [...paths]
    .filter(path => dumps.test(baseOf(path)))
    .slice(0, MOST_DUMPS)
    .flatMap(path =>
      findIn(join(root, path), wanted).map(({ key, digest }) => ({
        kind: 'dump' as const,
        path,
        key,
        digest,
      })),
    )
}

interface WantedBytes {
  digest: string
  key: string
  bytes: Buffer
}

/** Piece by piece, each beginning with the end of the one before. A dump that cannot be read gives nothing away. */
function findIn(path: string, wanted: readonly WantedBytes[]): WantedBytes[] {
  const overlap = Math.max(...wanted.map(({ bytes }) => bytes.length)) - 1
  const memory = Buffer.alloc(CHUNK + overlap)
  const found = new Set<WantedBytes>()
  let file: number | undefined
  try {
    file = openSync(path, 'r')
    let kept = 0
    for (let read = 0; read < MOST_BYTES; ) {
      const length = readSync(file, memory, kept, CHUNK, read)
      if (length === 0) break
      read += length
      const piece = memory.subarray(0, kept + length)
      for (const one of wanted) if (!found.has(one) && piece.includes(one.bytes)) found.add(one)
      kept = Math.min(overlap, piece.length)
      piece.copy(memory, 0, piece.length - kept)
    }
  } catch {
    return []
  } finally {
    if (file !== undefined) closeSync(file)
  }
  return wanted.filter(one => found.has(one))
}
