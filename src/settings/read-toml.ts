/** TOML text that people write (rule files, config) → validated data, or an error that names the file, the entry and the field. */
import { parse as parseToml, TomlError } from 'smol-toml'
import * as v from 'valibot'
import { UserError } from '../errors.ts'
import { nearest } from './nearest.ts'

type Schema = v.BaseSchema<unknown, unknown, v.BaseIssue<unknown>>

/**
 * @param name how the file is called in errors
 * @param manual the page that describes the file's form, named in hints
 * @throws UserError
 */
export function readToml<S extends Schema>(
  name: string,
  source: string,
  schema: S,
  manual: string,
): v.InferOutput<S> {
  const result = v.safeParse(schema, parseText(name, source))
  if (result.success) return result.output
  const { where, what, hint } = describeIssue(result.issues[0], schema, manual)
  throw new UserError(`${name}: ${where}: ${what}`, hint)
}

function parseText(name: string, source: string): unknown {
  try {
    return parseToml(source)
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    const reason = error.message.split('\n')[0]?.replace(/^Invalid TOML document: /, '')
    throw new UserError(
      `${name}:${error.line}:${error.column}: not valid TOML: ${reason}`,
      'Mend the line and try again.',
    )
  }
}

function describeIssue(issue: v.BaseIssue<unknown>, schema: Schema, manual: string) {
  const path = issue.path ?? []
  const where = describePath(path)
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    const near = nearest(String(path.at(-1)?.key), knownKeys(schema, path.slice(0, -1)))
    return {
      where,
      what: 'unknown field',
      hint: near ? `Did you mean "${near}"?` : `Remove it, or see ${manual}.`,
    }
  }
  if (issue.received === 'undefined')
    return { where, what: 'is missing', hint: `Add the field; ${manual} has the form.` }
  const what = issue.kind === 'validation' ? issue.message : `got ${issue.received}`
  return { where, what, hint: `Expected ${issue.expected ?? 'another value'}; ${manual} has the form.` }
}

/** `rule "stripe-key": field "severity"`: a list's entry is called by its id where it has one. */
function describePath(path: readonly v.IssuePathItem[]): string {
  const parts: string[] = []
  let field: string[] = []
  for (const item of path) {
    const list = field.at(-1)
    if (typeof item.key === 'number' && list !== undefined && isRecord(item.value)) {
      const name = typeof item.value.id === 'string' ? `"${item.value.id}"` : `number ${item.key + 1}`
      parts.push(`${list.replace(/s$/, '')} ${name}`)
      field = []
    } else {
      field.push(String(item.key))
    }
  }
  if (field.length) parts.push(`field "${field.join('.')}"`)
  return parts.join(': ') || 'the file'
}

function knownKeys(schema: unknown, path: readonly v.IssuePathItem[]): string[] {
  let at = unwrap(schema)
  for (const item of path) {
    at = unwrap(
      typeof item.key === 'number'
        ? at.item
        : isRecord(at.entries)
          ? at.entries[String(item.key)]
          : undefined,
    )
  }
  return isRecord(at.entries) ? Object.keys(at.entries) : []
}

/** An optional field's own schema stands in `wrapped`. */
function unwrap(schema: unknown): Record<string, unknown> {
  if (!isRecord(schema)) return {}
  return schema.wrapped === undefined ? schema : unwrap(schema.wrapped)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
