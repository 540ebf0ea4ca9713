import { severities } from '../model.ts'
import type { Found } from './problem.ts'

/** A problem of a file with secrets, which others of them may say already. */
export interface Telling {
  /** Of its secrets. */
  digests: ReadonlySet<string>
  found: Found
}

/**
 * Tells each secret once: first what is sure, then what has most. A file of which others tell all is only mentioned, by the first
 * that has a part of it.
 * @param mention how a message goes on that stands for these paths, too
 */
export function tellOnce(tellings: readonly Telling[], mention: (paths: string[]) => string): Found[] {
  const sorted = [...tellings].sort(compare)
  const counts = [count(sorted.filter(isSure)), count(sorted)] as const
  const kept: Telling[] = []
  const dropped: Telling[] = []
  for (const telling of sorted.toReversed()) {
    // Nothing that is in doubt stands for what is sure.
    const [sure, all] = counts
    const told = isSure(telling) ? sure : all
    const isTold =
      telling.digests.size > 0 && [...telling.digests].every(digest => (told.get(digest) ?? 0) > 1)
    if (isTold) for (const tally of isSure(telling) ? counts : [all]) lower(tally, telling)
    ;(isTold ? dropped : kept).unshift(telling)
  }
  const others = new Map<Telling, Found[]>()
  for (const { digests, found } of dropped) {
    const first = kept.find(telling => [...digests].some(digest => telling.digests.has(digest)))
    if (first) others.set(first, [...(others.get(first) ?? []), found])
  }
  return kept.map(telling => join(telling.found, others.get(telling) ?? [], mention))
}

const isSure = ({ found }: Telling) => found.doubt === undefined

function count(tellings: readonly Telling[]): Map<string, number> {
  const tally = new Map<string, number>()
  for (const { digests } of tellings)
    for (const digest of digests) tally.set(digest, (tally.get(digest) ?? 0) + 1)
  return tally
}

function lower(tally: Map<string, number>, { digests }: Telling): void {
  for (const digest of digests) tally.set(digest, (tally.get(digest) ?? 0) - 1)
}

function compare(a: Telling, b: Telling): number {
  return (
    Number(a.found.doubt !== undefined) - Number(b.found.doubt !== undefined) ||
    b.digests.size - a.digests.size ||
    severities.indexOf(b.found.severity) - severities.indexOf(a.found.severity)
  )
}

function join(found: Found, others: readonly Found[], mention: (paths: string[]) => string): Found {
  if (others.length === 0) return found
  const alike = [found, ...others.filter(({ doubt }) => doubt === found.doubt)]
  const severity = severities.findLast(one => alike.some(other => other.severity === one)) ?? found.severity
  const paths = others.map(({ path }) => path).filter(path => path !== found.path)
  const repairs = [found, ...others].flatMap(one => one.repairs ?? [])
  return {
    ...found,
    severity,
    message: paths.length ? found.message + mention(paths) : found.message,
    ...(repairs.length ? { repairs } : {}),
  }
}
