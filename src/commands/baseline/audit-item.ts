import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Finding, Place } from '../../model.ts'
import { describePlace } from '../../reporters/describe-place.ts'
import { printable } from '../../reporters/printable.ts'
import type { AuditItem } from '../../tui/audit-state.ts'

/** Lines shown before and after the match. */
const AROUND = 2
/** Of a longer line the part around the value is shown. */
const WIDEST = 160

/** A finding as a person judges it, with the lines around its first place as far as they are in the working tree. */
export function toAuditItem(finding: Finding, root: string, showSecrets: boolean): AuditItem {
  const { fingerprint, rule, description, severity, confidence, secret, places } = finding
  const first = places.find(({ kind }) => kind === 'file')
  return {
    fingerprint,
    rule,
    description: printable(description || rule),
    severity,
    confidence,
    masked: printable(showSecrets ? secret.reveal() : secret.masked),
    places: places.map(describePlace),
    snippet: first ? readSnippet(first, root, secret.reveal(), showSecrets ? undefined : secret.masked) : [],
  }
}

function readSnippet(
  place: Place,
  root: string,
  value: string,
  masked: string | undefined,
): AuditItem['snippet'] {
  const { line, endLine = line } = place
  if (place.kind !== 'file' || line === undefined || endLine === undefined) return []
  return readLines(join(root, place.path))
    .map((text, i) => ({
      number: i + 1,
      text: shorten(mask(text, value, masked)),
      isMatch: i + 1 >= line && i < endLine,
    }))
    .slice(Math.max(0, line - 1 - AROUND), line + AROUND)
}

/** A value may stand on several lines, and on other lines than this one. */
function mask(text: string, value: string, masked: string | undefined): string {
  if (masked === undefined) return printable(text)
  const parts = value.split(/\r?\n/).filter(part => part.trim().length >= 4)
  return printable(parts.reduce((line, part) => line.replaceAll(part, masked), text))
}

function shorten(text: string): string {
  if (text.length <= WIDEST) return text
  const at = Math.max(0, text.search(/…\(\d+\)…/) - WIDEST / 2)
  return `${at > 0 ? '…' : ''}${text.slice(at, at + WIDEST)}…`
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split(/\r?\n/)
  } catch {
    // In an archive, in another encoding, or gone: the place is shown without its lines.
    return []
  }
}
