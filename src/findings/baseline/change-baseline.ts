import type { Finding, Place } from '../../model.ts'
import type { BaselineEntry, BaselineSource } from './baseline.ts'

export interface BaselineChange {
  entries: BaselineEntry[]
  /** How many came, or went. */
  changed: number
}

/** Adds the findings that are not in it yet; what is in it stays as it is, with its day and its verdict. */
export function addToBaseline(
  entries: readonly BaselineEntry[],
  findings: readonly Finding[],
  { source, today }: { source: BaselineSource; today: string },
): BaselineChange {
  const known = new Set(entries.map(({ fingerprint }) => fingerprint))
  const added = findings
    .filter(({ fingerprint }) => !known.has(fingerprint))
    .map(({ fingerprint, rule, places }) => ({
      fingerprint,
      rule,
      path: places[0] ? describePath(places[0]) : '',
      source,
      added: today,
    }))
  return { entries: [...entries, ...added], changed: added.length }
}

/** Takes out what a complete scan of the same source does not find any more. */
export function pruneBaseline(
  entries: readonly BaselineEntry[],
  findings: readonly Finding[],
  source: BaselineSource,
): BaselineChange {
  const found = new Set(findings.map(({ fingerprint }) => fingerprint))
  const kept = entries.filter(entry => entry.source !== source || found.has(entry.fingerprint))
  return { entries: kept, changed: entries.length - kept.length }
}

function describePath(place: Place): string {
  switch (place.kind) {
    case 'file':
    case 'commit':
    case 'layer':
      return place.path
    case 'object':
      return place.path ?? `object ${place.object}`
    case 'message':
      return `message of ${place.objectType} ${place.object}`
    case 'image-config':
      return `${place.image} ${place.field}`
  }
}
