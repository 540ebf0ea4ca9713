import { findMalformed } from './find-malformed.ts'
import { isOpVault, type Part, parseValue, type Reference } from './parse-value.ts'
import type { Assignment, Problem, Template } from './template.ts'

/** An assignment as the reader of .env text gives it, or a line that is none. */
export interface Line {
  line: number
  key?: string
  /** As written between the quotes. */
  value: string
  quote: 'none' | 'single' | 'double' | 'backtick'
  /** What stands behind the value and is no comment. */
  tail: string
}

/** Decides what the lines mean, and what is wrong with them. */
export function readTemplate(lines: readonly Line[], isVault: (name: string) => boolean): Template {
  const assignments: Assignment[] = []
  const problems: Problem[] = []
  for (const line of lines) {
    const { key } = line
    const value = decodeValue(line)
    const parts = key === undefined ? [] : parseValue(value, key)
    problems.push(...judge(line, value, parts, isVault).map(message => ({ line: line.line, message })))
    if (key !== undefined)
      assignments.push({
        key,
        line: line.line,
        parts,
        isPlain: parts.every(({ kind, text }) => kind === 'text' && text === value),
      })
  }
  return { assignments, problems }
}

/** As dotenv reads it: in double quotes `\n` and `\r` are line ends, and nothing else is special. */
export function decodeValue({ value, quote }: Pick<Line, 'value' | 'quote'>): string {
  const lines = quote === 'none' ? value : value.replace(/\r\n?/g, '\n')
  return quote === 'double' ? lines.replace(/\\n/g, '\n').replace(/\\r/g, '\r') : lines
}

function judge(
  { key, value, quote, tail }: Line,
  decoded: string,
  parts: readonly Part[],
  isVault: (name: string) => boolean,
): string[] {
  if (key === undefined) return ['is no assignment: write NAME=value, or # before a comment']
  if (quote === 'none' && /^['"`]/.test(value)) return [`${key}: the quote is never closed`]
  if (tail.trim() !== '') return [`${key}: text follows the closing quote`]
  const unknown = parts.filter(
    (part): part is Reference => part.kind === 'reference' && !isOpVault(part.vault) && !isVault(part.vault),
  )
  return [
    ...unknown.map(
      ({ text, vault }) =>
        `${key}: ${text} names no vault that is known; write \\${text} if it is text, or add [vaults.${vault}]`,
    ),
    ...findMalformed(decoded, isVault).map(({ text, hasDollar }) =>
      hasDollar
        ? `${key}: ${text} is text, because of the dollar: write ${text.slice(1)}`
        : `${key}: ${text} is no reference: a path has letters, digits and _ . - / # + =, and no / at its beginning`,
    ),
  ]
}
