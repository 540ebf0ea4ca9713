/**
 * `.stanchignore`: a line a statement, `fingerprint`, `rule:ID`, `path:GLOB` or several of them, which then must all hold;
 * then `until:2027-01-31` and `# reason` where wanted. A glob with blanks goes into quotes: `path:"my docs/**"`.
 */
import { UserError } from '../../errors.ts'
import { isDay } from '../../settings/is-day.ts'
import { compileGlobs } from '../../settings/path-globs.ts'
import { isFingerprint } from '../fingerprint.ts'
import type { Suppression } from './suppression.ts'

/** @throws UserError that names file and line */
export function parseIgnoreFile(name: string, text: string): Suppression[] {
  return text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .flatMap((line, i) => parseLine(line.trim(), `${name}:${i + 1}`))
}

function parseLine(line: string, where: string): Suppression[] {
  const statement = line.replace(/(?:^|\s)#.*$/, '').trim()
  if (statement === '') return []
  const words: Words = {}
  for (const word of statement.match(/(?:[^\s"]|"[^"]*")+/g) ?? []) readWord(word, words, where)
  const { fingerprint, rule, path, until } = words
  if (fingerprint === undefined && rule === undefined && path === undefined)
    throw complain(where, 'says nothing about what to ignore')
  const isInPath = path === undefined ? undefined : compileGlobs([path])
  return [
    {
      label: `${where}: ${statement}`,
      state: 'allowed',
      ...(until === undefined ? {} : { until }),
      ...(fingerprint === undefined ? {} : { fingerprint }),
      covers: (match, matchRule) =>
        (fingerprint === undefined || match.fingerprint === fingerprint) &&
        (rule === undefined || matchRule === rule) &&
        (isInPath === undefined || isInPath(match.path)),
    },
  ]
}

interface Words {
  fingerprint?: string
  rule?: string
  path?: string
  until?: string
}

function readWord(word: string, words: Words, where: string): void {
  if (isFingerprint(word)) set('fingerprint', word)
  else if (word.startsWith('rule:')) set('rule', word.slice(5))
  else if (word.startsWith('path:')) set('path', word.slice(5).replace(/"/g, ''))
  else if (word.startsWith('until:') && isDay(word.slice(6))) set('until', word.slice(6))
  else if (word.startsWith('until:')) throw complain(where, `"${word.slice(6)}" is no day`)
  else throw complain(where, `"${word}" is not understood`)

  function set(field: keyof Words, value: string): void {
    if (value === '') throw complain(where, `"${word}" is empty`)
    if (words[field] !== undefined) throw complain(where, `two of ${field} on a line`)
    words[field] = value
  }
}

function complain(where: string, what: string): UserError {
  return new UserError(
    `${where}: ${what}`,
    'A line is a fingerprint (st1:…), rule:ID, path:GLOB, then until:YYYY-MM-DD and # reason where wanted.',
  )
}
