/** The tables of a repository, the oldest first: what a later one says replaces what an earlier one said. */
import { join } from 'node:path'
import { CorruptObjectError } from './git-object.ts'
import { readIfThere } from './read-if-there.ts'
import { type Reftable, readReftable, type TableLog, type TableRef } from './reftable.ts'

export interface ReftableStack {
  /** By name, removed ones left out. */
  refs: ReadonlyMap<string, TableRef>
  /** Lines of reflogs, removed ones left out. */
  logs: readonly Required<TableLog>[]
  /** Tables that cannot be read. */
  damaged: readonly string[]
}

/** So often tables may be put together while they are read. */
const ATTEMPTS = 20

/** @param gitDir of the repository, or of a linked work tree, which has tables of its own */
export function readReftableStack(gitDir: string, attempts = ATTEMPTS): ReftableStack {
  const folder = join(gitDir, 'reftable')
  const damaged: string[] = []
  const tables: Reftable[] = []
  for (const name of listTables(folder)) {
    const path = join(folder, name)
    const bytes = readIfThere(path)
    // Tables have been put together since they were listed.
    if (!bytes && attempts > 1) return readReftableStack(gitDir, attempts - 1)
    try {
      if (!bytes) throw new CorruptObjectError(`${path}: gone`)
      tables.push(readReftable(bytes, path))
    } catch (error) {
      if (!(error instanceof CorruptObjectError)) throw error
      damaged.push(path)
    }
  }
  return { ...merge(tables), damaged }
}

function merge(tables: readonly Reftable[]): Pick<ReftableStack, 'refs' | 'logs'> {
  const refs = new Map<string, TableRef>()
  const logs = new Map<string, TableLog>()
  for (const table of tables) {
    for (const ref of table.refs) refs.set(ref.name, ref)
    for (const log of table.logs) logs.set(`${log.update} ${log.name}`, log)
  }
  return {
    refs: new Map([...refs].filter(([, { id, target }]) => id !== undefined || target !== undefined)),
    logs: [...logs.values()].flatMap(({ change, ...line }) => (change ? [{ ...line, change }] : [])),
  }
}

/** None where there are no refs yet, as in a work tree without refs of its own. */
function listTables(folder: string): string[] {
  const text = readIfThere(join(folder, 'tables.list'))?.toString('utf8') ?? ''
  return text.split('\n').filter(name => name !== '' && !name.includes('/'))
}
