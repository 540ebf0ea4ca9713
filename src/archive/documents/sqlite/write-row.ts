import type { ColumnValue } from './read-record.ts'

const keyColumn = /^(?:(?:option|meta|setting|config|item|param|variable|attribute)_?)?(?:key|name)$/i
const valueColumn = /^(?:(?:option|meta|setting|config|item|param|variable|attribute)_?)?value$/i

/** A row as lines `column: value`, and in a table of settings as `key: value`, too; an empty line ends it. */
export function writeRow(
  values: readonly (ColumnValue | undefined)[],
  columns: readonly string[],
  decode: (text: Buffer) => string,
): Buffer {
  const texts = values.map(value => value && toText(value, decode))
  const lines = texts.flatMap((text, i) =>
    text === undefined ? [] : [`${columns[i] ?? `column ${i + 1}`}: ${text}`],
  )
  const key = texts[columns.findIndex(name => keyColumn.test(name))]
  const value = texts[columns.findIndex(name => valueColumn.test(name))]
  if (key !== undefined && value !== undefined) lines.push(`${key}: ${value}`)
  return Buffer.from(`${lines.join('\n')}\n\n`)
}

/** A blob may hold a text, and what it holds else is no use as one. */
function toText({ kind, bytes }: ColumnValue, decode: (text: Buffer) => string): string | undefined {
  if (kind === 'text') return decode(bytes)
  if (kind === 'number') return bytes.toString('latin1')
  return bytes.includes(0) ? undefined : bytes.toString('utf8')
}
