/**
 * `.gitleaksignore` and `.betterleaksignore`: a line is `path:rule:line` or `commit:path:rule:line`, or (betterleaks 2) the
 * SHA-256 of a secret. Rules have other names here, so a line counts by its place, whatever the rule is called.
 */
import { createHash } from 'node:crypto'
import type { Place } from '../../model.ts'
import type { Suppression } from './suppression.ts'

/** Lines that are none of these forms are passed over, as gitleaks does it. */
export function parseGitleaksIgnore(name: string, text: string): Suppression[] {
  return text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .flatMap((line, i) => parseLine(line.trim(), `${name}:${i + 1}`))
}

function parseLine(line: string, where: string): Suppression[] {
  if (line === '' || line.startsWith('#')) return []
  const label = `${where}: ${line}`
  if (/^[0-9a-f]{64}$/i.test(line)) return [forSecret(line.toLowerCase(), label)]
  const parts = /^(?:([0-9a-f]{40}|[0-9a-f]{64}):)?(.+):([^:]+):(\d+)$/i.exec(line)
  if (!parts) return []
  const [, commit, path = '', , number = ''] = parts
  return [forPlace(commit?.toLowerCase(), path.replaceAll('\\', '/'), Number(number), label)]
}

function forSecret(sha256: string, label: string): Suppression {
  return {
    label,
    state: 'allowed',
    covers: ({ secret }) => createHash('sha256').update(secret.reveal()).digest('hex') === sha256,
  }
}

function forPlace(commit: string | undefined, path: string, line: number, label: string): Suppression {
  return {
    label,
    state: 'allowed',
    ...(commit === undefined ? {} : { sources: ['history'] as const }),
    covers: ({ place, path: matchPath }) =>
      matchPath === path && holdsLine(place, line) && (commit === undefined || isOfCommit(place, commit)),
  }
}

function holdsLine({ line: first, endLine = first }: Place, line: number): boolean {
  return first !== undefined && endLine !== undefined && first <= line && line <= endLine
}

function isOfCommit(place: Place, commit: string): boolean {
  return place.kind === 'commit' && place.commit === commit
}
