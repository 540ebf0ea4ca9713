/** What has the form of a secret, and is none by what everybody knows of it, by its file, its name or its place in a page. */

import { isDocumentedKey } from '../documented-keys.ts'
import type { CompiledRule } from '../program.ts'
import { isNewline, latin1 } from './bytes.ts'
import { type Candidate, nameOf } from './candidate.ts'
import { readName } from './generic/never-name.ts'

export function isKnownAsNone(
  rule: CompiledRule,
  candidate: Candidate,
  secret: string,
  text: { bytes: Uint8Array; path: string },
): boolean {
  return (
    isDocumentedKey(secret) ||
    (revision.test(secret) && listsRevisions.test(text.path)) ||
    (uuid.test(secret) && namesIdentifier(rule, candidate, text.bytes)) ||
    (rule.checksum === 'password' && speaksAboutOne(candidate, text.bytes)) ||
    isPlaceholderOfForm(text.bytes, candidate.start)
  )
}

const revision = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/

/** What git blame shall pass by, one name of a commit a line (gitconfig, `blame.ignoreRevsFile`). */
const listsRevisions = /(?:^|[/!])\.git-?blame-?ignore(?:-?revs)?$/

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i

/** `HUBSPOT_FORM_ID`, `FORM_ID_OLD`: a UUID that is called an id names something, unless the rule is for ids. */
function namesIdentifier({ id, matcher }: CompiledRule, candidate: Candidate, bytes: Uint8Array): boolean {
  if (matcher?.kind !== 'assignment' || candidate.nameStart === undefined || /-id\b/.test(id)) return false
  const name = nameOf(candidate, bytes)
  return readName(name).isIdentifier || (hasId.test(name) && !secretName.test(name))
}

/** `sqlServerPasswordNote`: what people are told of a password. */
function speaksAboutOne(candidate: Candidate, bytes: Uint8Array): boolean {
  return candidate.nameStart !== undefined && readName(nameOf(candidate, bytes)).isNever
}

const hasId = /[_-]ids?[_-]/i
const secretName = /key|secret|token|pass|pwd|auth|credential/i

const MAX_BEFORE = 80

/** `placeholder="sk-…"`: what an empty field shows. */
function isPlaceholderOfForm(bytes: Uint8Array, start: number): boolean {
  let from = start
  while (from > 0 && start - from < MAX_BEFORE && !isNewline(bytes[from - 1])) from--
  return placeholder.test(latin1(bytes, from, start))
}

const placeholder = /\bplaceholder["']?\s{0,3}[=:]\s{0,3}[{(]?\s{0,3}["'`][^"'`]{0,60}$/i
