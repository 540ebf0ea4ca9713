/**
 * `.stanch-baseline.jsonl`: the findings that were accepted, one JSON object a line, in order of their fingerprints, so that
 * two branches that add some seldom touch the same lines. It holds no value, no hash of a weak value and no line numbers.
 */
import { UserError } from '../../errors.ts'
import { isDay } from '../../settings/is-day.ts'
import { isFingerprint } from '../fingerprint.ts'

export const BASELINE_FILE = '.stanch-baseline.jsonl'

/** What a person decided: no secret at all; a leak that is dealt with elsewhere; a leak that is still to be dealt with. */
export const verdicts = ['false', 'accepted', 'real'] as const
export type Verdict = (typeof verdicts)[number]

export const baselineSources = ['worktree', 'history', 'image', 'archive'] as const
/** The kind of scan that saw it. */
export type BaselineSource = (typeof baselineSources)[number]

export interface BaselineEntry {
  fingerprint: string
  rule: string
  /** Where it was first seen, for people. */
  path: string
  source: BaselineSource
  /** Day on which it was accepted. */
  added: string
  verdict?: Verdict
  reason?: string
}

/**
 * @param name how the file is called in errors
 * @throws UserError for a line that is no entry, which names the line
 */
export function parseBaseline(name: string, text: string): BaselineEntry[] {
  const entries = text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .flatMap((line, i) => (line.trim() === '' ? [] : [parseLine(line, `${name}:${i + 1}`)]))
  return sortEntries(entries)
}

/** The text of the file: an entry a line, each fingerprint once. */
export function printBaseline(entries: readonly BaselineEntry[]): string {
  return sortEntries(entries)
    .map(
      ({ fingerprint, rule, path, source, added, verdict, reason }) =>
        `${JSON.stringify({ fingerprint, rule, path, source, added, verdict, reason })}\n`,
    )
    .join('')
}

/** Sorted, each fingerprint once; of two entries (two branches added the same) the one with a verdict is kept. */
function sortEntries(entries: readonly BaselineEntry[]): BaselineEntry[] {
  const byName = new Map<string, BaselineEntry>()
  for (const entry of entries) {
    const known = byName.get(entry.fingerprint)
    if (known === undefined || (known.verdict === undefined && entry.verdict !== undefined))
      byName.set(entry.fingerprint, entry)
  }
  return [...byName.values()].sort((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1))
}

function parseLine(line: string, where: string): BaselineEntry {
  if (/^(?:<{7}|={7}|>{7}|\|{7})/.test(line))
    throw new UserError(
      `${where}: a merge conflict`,
      'Keep the lines of both sides: remove the lines that git marked with <<<, === and >>>.',
    )
  const entry = parseObject(line)
  const [field] = entry ? wrongFields(entry) : ['object']
  if (!entry || field !== undefined)
    throw new UserError(
      `${where}: not an entry of a baseline${entry ? ` (field "${field}")` : ''}`,
      'Remove the line, then run "stanch baseline update".',
    )
  return toEntry(entry)
}

function parseObject(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? { ...value } : undefined
  } catch {
    return undefined
  }
}

function wrongFields(entry: Record<string, unknown>): string[] {
  const checks: Record<string, (value: unknown) => boolean> = {
    fingerprint: value => typeof value === 'string' && isFingerprint(value),
    rule: isText,
    path: isText,
    source: value => isOneOf(baselineSources, value),
    added: value => typeof value === 'string' && isDay(value),
    verdict: value => value === undefined || isOneOf(verdicts, value),
    reason: value => value === undefined || isText(value),
  }
  const wrong = Object.entries(checks).flatMap(([field, check]) => (check(entry[field]) ? [] : [field]))
  return [...wrong, ...Object.keys(entry).filter(field => !Object.hasOwn(checks, field))]
}

/** Only of an object whose fields were found right. */
function toEntry(entry: Record<string, unknown>): BaselineEntry {
  const { verdict, reason, source } = entry
  return {
    fingerprint: String(entry.fingerprint),
    rule: String(entry.rule),
    path: String(entry.path),
    source: baselineSources.find(known => known === source) ?? 'worktree',
    added: String(entry.added),
    ...(isOneOf(verdicts, verdict) ? { verdict } : {}),
    ...(isText(reason) ? { reason } : {}),
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isOneOf<T extends string>(known: readonly T[], value: unknown): value is T {
  return known.some(one => one === value)
}
