/**
 * SQLite databases (https://sqlite.org/fileformat2.html): each table as a text with a line `column: value` for every
 * column, and what was deleted but not overwritten.
 */

import type { Entry } from '../../containers/entry.ts'
import type { RandomAccess } from '../../random-access.ts'
import { columnNames } from './column-names.ts'
import { createFreeSpace } from './free-space.ts'
import { openPages, type Pages } from './pages.ts'
import { type ColumnValue, readRecord } from './read-record.ts'
import { walkTree } from './walk-tree.ts'
import { writeRow } from './write-row.ts'

export function* readSqlite(access: RandomAccess): Generator<Entry> {
  const pages = openPages(access)
  const free = createFreeSpace(pages)
  const schema = [...walkTree(1, pages, free)].map(payload => readSchemaRow(payload, pages))
  for (const { type, name, root, sql } of schema) {
    const rows = walkTree(root, pages, free)
    if (type === 'table')
      yield { name: { path: name }, packed: access.size, chunks: writeTable(rows, columnNames(sql), pages) }
    // What an index holds stands in its table, too.
    for (const _ of rows);
  }
  yield { name: { path: '(schema)' }, chunks: inOrder(schema.map(({ sql }) => Buffer.from(`${sql};\n`))) }
  yield { name: { path: '(deleted)' }, packed: access.size, chunks: inOrder(free.read()) }
}

interface SchemaRow {
  type: string
  name: string
  root: number
  sql: string
}

function readSchemaRow(payload: Buffer, pages: Pages): SchemaRow {
  const [type, name, , root, sql] = readRecord(payload)
  const textOf = (value: ColumnValue | undefined) => (value ? decodeText(value.bytes, pages) : '')
  return {
    type: textOf(type),
    name: textOf(name),
    root: Number(root?.bytes.toString() ?? 0),
    sql: textOf(sql),
  }
}

function decodeText(bytes: Buffer, { encoding }: Pages): string {
  const whole = encoding === 'utf8' ? bytes : bytes.subarray(0, bytes.length & ~1)
  return encoding === 'utf16be' ? Buffer.from(whole).swap16().toString('utf16le') : whole.toString(encoding)
}

const CHUNK = 64 * 1024

async function* writeTable(rows: Iterable<Buffer>, columns: readonly string[], pages: Pages) {
  let parts: Buffer[] = []
  let length = 0
  for (const payload of rows) {
    const row = writeRow(readRecord(payload), columns, bytes => decodeText(bytes, pages))
    parts.push(row)
    length += row.length
    if (length < CHUNK) continue
    yield Buffer.concat(parts)
    parts = []
    length = 0
  }
  if (length > 0) yield Buffer.concat(parts)
}

async function* inOrder(parts: Iterable<Buffer>) {
  yield* parts
}
