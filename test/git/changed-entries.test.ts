import fc from 'fast-check'
import { expect, test } from 'vitest'
import { listChangedEntries } from '../../src/git/changed-entries.ts'
import { readTree, type TreeEntry } from '../../src/git/read-tree.ts'

const HASH = 20

/** Entries in the order of git, which sorts a directory as if a slash followed its name. */
const trees = fc
  .uniqueArray(
    fc.record({
      name: fc.constantFrom('a', 'a.b', 'a0', 'ab', 'b', 'b-c', 'b.c', 'c', 'd'),
      mode: fc.constantFrom(0o100644, 0o100755, 0o40000),
      id: fc.constantFrom('20', '00', '0a').map(byte => byte.repeat(HASH)),
    }),
    { selector: ({ name }) => name },
  )
  .map(entries => entries.sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1)))

function sortKey({ name, mode }: TreeEntry): string {
  return mode === 0o40000 ? `${name}/` : name
}

function toBytes(entries: readonly TreeEntry[]): Buffer {
  return Buffer.concat(
    entries.flatMap(({ mode, name, id }) => [
      Buffer.from(`${mode.toString(8)} ${name}\0`),
      Buffer.from(id, 'hex'),
    ]),
  )
}

test('entries that no parent has are listed with what each parent has under their names', () => {
  fc.assert(
    fc.property(trees, fc.array(trees, { maxLength: 3 }), (tree, parents) => {
      const expected = tree
        .map(entry => ({
          entry,
          before: parents.map(parent => parent.find(({ name }) => name === entry.name)),
        }))
        .filter(({ entry, before }) => !before.some(other => other?.id === entry.id))
      const changed = listChangedEntries(toBytes(tree), parents.map(toBytes), HASH)
      expect(changed).toEqual(expected)
      expect(readTree(toBytes(tree), HASH)).toEqual(tree)
    }),
    { numRuns: 300 },
  )
})

test('of a tree that is cut off nothing is listed, and a parent that is cut off has what is before the cut', () => {
  const entry = { mode: 0o100644, name: 'a', id: '11'.repeat(HASH) }
  const other = { ...entry, name: 'b' }
  const bytes = toBytes([entry, other])
  expect(listChangedEntries(bytes.subarray(0, -1), [], HASH)).toEqual([])
  expect(listChangedEntries(bytes, [bytes.subarray(0, -1)], HASH)).toEqual([
    { entry: other, before: [undefined] },
  ])
})
