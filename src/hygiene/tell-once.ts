import { severities } from '../model.ts'
import type { Found } from './problem.ts'

/** A problem of a file with secrets, which others of them may say already. */
export interface Telling {
  /** Of its secrets. */
  digests: ReadonlySet<string>
  found: Found
}

/**
 * Tells each secret once: first what is sure, then what has most. Where others tell all that a file has, they mention it.
 * @param mention how a message goes on that stands for these paths, too
 */
export function tellOnce(tellings: readonly Telling[], mention: (paths: string[]) => string): Found[] {
  const told: { first: Telling; others: Found[] }[] = []
  for (const telling of [...tellings].sort(compare)) {
    const having = told.filter(({ first }) => [...telling.digests].some(digest => first.digests.has(digest)))
    const known = new Set(having.flatMap(({ first }) => [...first.digests]))
    if (having[0] && [...telling.digests].every(digest => known.has(digest)))
      having[0].others.push(telling.found)
    else told.push({ first: telling, others: [] })
  }
  return told.map(({ first: { found }, others }) => join(found, others, mention))
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
