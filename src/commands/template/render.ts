import { resolve } from 'node:path'
import { parse } from '../../dotenv/parse.ts'
import { print } from '../../dotenv/print.ts'
import type { EntryToken, Token } from '../../dotenv/token.ts'
import { ExitCode } from '../../errors.ts'
import { writeFileAtomically } from '../../system/write-file-atomically.ts'
import { evaluate } from '../../templates/evaluate.ts'
import type { Quoted } from '../../templates/quote-value.ts'
import { renderLine } from '../../templates/render.ts'
import type { Context } from '../context.ts'
import { refuseMissing, refuseProblems } from '../read-template-file.ts'
import { readChosenTemplate, readValues } from './chosen-template.ts'
import type { TemplateOptions } from './options.ts'

/** The same values as `run` gives, as a .env file. */
export async function renderTemplate(
  named: string | undefined,
  options: TemplateOptions,
  context: Context,
): Promise<number> {
  const template = await readChosenTemplate(named, options, context)
  refuseProblems(template.file, template.problems)
  const values = await readValues(template, options, context)
  const evaluated = template.assignments.map(assignment => evaluate(assignment, values, options.missing))
  if (options.missing === 'fail') refuseMissing(template.file, evaluated)
  const byLine = new Map(evaluated.map(one => [one.assignment.line, renderLine(one)]))
  const rendered = template.tokens.flatMap(token => {
    const line = token.kind === 'entry' ? byLine.get(token.line) : undefined
    if (token.kind !== 'entry' || line === undefined || line.kind === 'same') return [token]
    return line.kind === 'value' ? [withValue(token, line.quoted)] : remark(token, line.text)
  })
  write(print(rendered), options, context)
  return ExitCode.clean
}

const marks = { none: '', single: "'", double: '"', backtick: '`' }

export function withValue(token: EntryToken, { quote, text }: Quoted): Token {
  const value = Buffer.from(text).toString('latin1')
  return { ...token, quote, open: marks[quote], value, close: marks[quote] }
}

function remark(token: EntryToken, text: string): Token[] {
  return parse(Buffer.from(text + token.eol))
}

function write(text: Buffer, { output, quiet }: TemplateOptions, { stdout, stderr, cwd }: Context): void {
  if (!quiet)
    stderr.write(
      `stanch: plaintext secrets go to ${output ?? 'standard output'}; "stanch run" needs no file\n`,
    )
  if (output === undefined) stdout.write(text)
  else writeFileAtomically(resolve(cwd, output), text, 0o600)
}
