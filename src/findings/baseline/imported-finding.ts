import { createHash } from 'node:crypto'
import type { Finding, Place } from '../../model.ts'
import type { BaselineEntry, Verdict } from './baseline.ts'

/** What another tool's baseline says about one of its findings. */
export interface ImportedFinding {
  path: string
  line: number
  commit?: string
  /** In clear, as gitleaks writes it without `--redact`. */
  secret?: string
  /** SHA-1 in hex, as detect-secrets writes it. */
  sha1?: string
  verdict?: Verdict
}

/** The verdict that another tool's baseline holds about a finding of ours; undefined where it does not know it. */
export function findImported(
  finding: Finding,
  imported: readonly ImportedFinding[],
): ImportedFinding | undefined {
  const value = finding.secret.reveal()
  const sha1 = createHash('sha1').update(value).digest('hex')
  return imported.find(
    other =>
      (other.secret !== undefined && isSameSecret(other.secret, value)) ||
      finding.places.some(place => isSamePlace(place, other, sha1)),
  )
}

/** Notes the verdicts of the imported findings with the entries that came from them. */
export function withVerdict(entry: BaselineEntry, { verdict }: ImportedFinding): BaselineEntry {
  return verdict === undefined ? entry : { ...entry, verdict }
}

/** Two tools seldom agree where a secret begins and ends. */
function isSameSecret(theirs: string, ours: string): boolean {
  const [short, long] = theirs.length < ours.length ? [theirs, ours] : [ours, theirs]
  return short === long || (short.length >= 8 && long.includes(short))
}

function isSamePlace(place: Place, other: ImportedFinding, sha1: string): boolean {
  if (!('path' in place) || place.path?.replace(/^(?:\.\/)+/, '') !== other.path) return false
  if (other.sha1 !== undefined) return other.sha1 === sha1
  if (other.commit !== undefined && !(place.kind === 'commit' && place.commit === other.commit)) return false
  const { line, endLine = line } = place
  return line !== undefined && endLine !== undefined && line <= other.line && other.line <= endLine
}
