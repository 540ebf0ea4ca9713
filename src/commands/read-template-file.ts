import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { UserError } from '../errors.ts'
import type { Evaluated } from '../templates/evaluate.ts'
import type { Problem } from '../templates/template.ts'

export function readTemplateFile(file: string, cwd: string): Buffer {
  try {
    return readFileSync(resolve(cwd, file))
  } catch (error) {
    throw new UserError(`cannot read the template "${file}"`, 'Check its name and who may read it.', {
      cause: error,
    })
  }
}

export function refuseProblems(file: string, [first, ...others]: readonly Problem[]): void {
  if (!first) return
  const more = others.length > 0 ? ` (and ${others.length} more)` : ''
  throw new UserError(
    `${file}:${first.line}: ${first.message}${more}`,
    `Run "stanch template validate ${file}" to see all that is wrong.`,
  )
}

/** The policy `fail`. */
export function refuseMissing(file: string, evaluated: readonly Evaluated[]): void {
  const missing = evaluated.flatMap(({ assignment, missing }) =>
    missing.map(({ text }) => `line ${assignment.line} ${text}`),
  )
  if (missing.length === 0) return
  throw new UserError(
    `${file} names ${missing.length === 1 ? 'an entry that is' : 'entries that are'} not there: ${missing.join(', ')}`,
    'Write them with "stanch vault set", or say --missing remove, blank or skip.',
  )
}
