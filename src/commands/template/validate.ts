import { ExitCode } from '../../errors.ts'
import { isDangerousName } from '../../launch/dangerous-names.ts'
import { printable } from '../../reporters/printable.ts'
import type { Values } from '../../templates/evaluate.ts'
import { identify, type Problem, referencesOf, type Template } from '../../templates/template.ts'
import type { Context } from '../context.ts'
import { writeText } from '../write-text.ts'
import { readChosenTemplate, readValues } from './chosen-template.ts'
import type { TemplateOptions } from './options.ts'

/** A line for each thing for which `run` would refuse the template, or that is a slip. */
export async function validateTemplate(
  named: string | undefined,
  options: TemplateOptions,
  context: Context,
): Promise<number> {
  const template = await readChosenTemplate(named, options, context)
  const values = await readValues(template, options, context)
  const unknown = new Set(template.problems.map(({ line }) => line))
  const problems = [
    ...template.problems,
    ...findMissing(template, values).filter(({ line }) => !unknown.has(line)),
    ...findBadNames(template),
    ...findRepeated(template),
  ].sort((a, b) => a.line - b.line)
  const lines = problems.map(({ line, message }) => `${printable(`${template.file}:${line}: ${message}`)}\n`)
  await writeText(context.stdout, lines.join(''))
  if (problems.length > 0) return ExitCode.findings
  if (!options.quiet) context.stderr.write(`${template.file}: ${describe(template)}\n`)
  return ExitCode.clean
}

function describe({ assignments }: Template): string {
  const references = assignments.flatMap(referencesOf).length
  return `${assignments.length} variables, ${references} references, and every entry is there`
}

function findMissing({ assignments }: Template, values: Values): Problem[] {
  return assignments.flatMap(assignment =>
    referencesOf(assignment)
      .filter(reference => !values.has(identify(reference)))
      .map(({ text, vault, path }) => ({
        line: assignment.line,
        message: `${assignment.key}: ${text} is missing: ${vault} has no entry "${path}"`,
      })),
  )
}

function findBadNames({ assignments }: Template): Problem[] {
  return assignments.flatMap(({ key, line }) => {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(key)) return [{ line, message: `${key} is no name of a variable` }]
    return isDangerousName(key)
      ? [{ line, message: `${key} is dangerous: "stanch run" wants --allow-dangerous ${key}` }]
      : []
  })
}

function findRepeated({ assignments }: Template): Problem[] {
  const last = new Map(assignments.map(({ key, line }) => [key, line]))
  return assignments
    .filter(({ key, line }) => last.get(key) !== line)
    .map(({ key, line }) => ({
      line,
      message: `${key} is assigned again in line ${last.get(key)}, which counts`,
    }))
}
