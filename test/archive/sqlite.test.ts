import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { walkBytes } from '../support/walk-bytes.ts'

/** Made by SQLite 3.40 with pages of 512 bytes, so that rows overflow and trees have branches. */
const fixture = (name: string) => readFileSync(new URL(`../../fixtures/archive/${name}`, import.meta.url))

test('each table is a text, with lines that name the columns', async () => {
  const { files, skipped } = await walkBytes(fixture('notes.db'), {}, 'notes.db')
  expect(skipped).toEqual([])
  expect(Object.keys(files)).toEqual([
    'notes.db!notes',
    'notes.db!settings',
    'notes.db!words',
    'notes.db!(schema)',
    'notes.db!(deleted)',
  ])
  const rows = Buffer.from(files['notes.db!notes'] ?? '', 'latin1')
    .toString()
    .split('\n\n')
  expect(rows.length).toBe(42)
  expect(rows[7]).toBe('the title: title 7 é\nbody: body 7\nstars: 3.5')
  expect(rows[40]).toBe(`the title: long\nbody: start ${'long text '.repeat(150)}end\ndata: a text in a blob`)
  expect(files['notes.db!words']).toBe('word: apple\nmeaning: a fruit\n\n')
})

test('a table of settings also says which value belongs to which name', async () => {
  const { files } = await walkBytes(fixture('notes.db'))
  expect(files['a!settings']).toBe('name: colour\nvalue: green\ncolour: green\n\n')
})

test('what was deleted but not overwritten is read', async () => {
  const { files } = await walkBytes(fixture('notes.db'))
  expect(files['a!(deleted)']).toContain('this row was deleted')
  expect(files['a!(deleted)']).not.toContain('green')
})

test('a database whose texts are UTF-16 is read', async () => {
  const { files } = await walkBytes(fixture('notes-utf16.db'))
  expect(files['a!settings']).toBe('name: colour\nvalue: green\ncolour: green\n\n')
})

test('any damage is survived', async () => {
  const database = fixture('notes.db')
  const damage = fc.array(fc.tuple(fc.nat(database.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 })
  await fc.assert(
    fc.asyncProperty(damage, fc.nat(database.length), async (places, length) => {
      const bad = Buffer.from(database)
      for (const [place, byte] of places) bad[place] = byte
      await walkBytes(bad)
      await walkBytes(database.subarray(0, length))
    }),
    { numRuns: 60 },
  )
})
