import type { Content } from '../../model.ts'
import { toFileName } from '../../system/file-name.ts'
import type { FoundMatch } from './blob-scans.ts'
import type { HistoryObjects } from './history-objects.ts'

/** Names of files and directories that hold something, as bytes in Latin-1, each with the matches in it. */
export type NameFindings<Found> = ReadonlyMap<string, readonly Found[]>

/** Searches the names in some trees. */
export function searchNames<Found extends FoundMatch>(
  trees: Iterable<number>,
  objects: HistoryObjects,
  scan: (content: Content) => Found[],
): NameFindings<Found> {
  const seen = new Set<string>()
  const findings = new Map<string, Found[]>()
  for (const tree of new Set(trees)) {
    for (const { name } of objects.read(tree)) {
      if (seen.has(name)) continue
      seen.add(name)
      const bytes = Buffer.from(name, 'latin1')
      const { path } = toFileName(bytes)
      const found = scan({ bytes, origin: { kind: 'file', path, tracked: true }, path: '' })
      if (found.length) findings.set(name, found)
    }
  }
  return findings
}

/** Numbers of the objects that bear such a name in one of the trees. */
export function listNamed(
  trees: Iterable<number>,
  objects: HistoryObjects,
  names: NameFindings<unknown>,
): Set<number> {
  const numbers = new Set<number>()
  for (const tree of new Set(trees)) {
    for (const { name, id } of objects.read(tree)) if (names.has(name)) numbers.add(objects.numberOf(id))
  }
  numbers.delete(-1)
  return numbers
}
