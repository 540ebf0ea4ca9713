import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../../errors.ts'
import { type MigrationEvent, type MigrationState, reduceJournal } from '../../migration/journal.ts'
import { writeFileAtomically } from '../../system/write-file-atomically.ts'

/** `.stanch/migrations/ID`: the journal, and what undo and resume need of the plaintext, encrypted. */
export interface MigrationFolder {
  directory: string
  /** Returns when it is on disk. */
  record(event: MigrationEvent): void
  read(): MigrationState | undefined
  writeSealed(bytes: Uint8Array): void
  readSealed(): Buffer
}

const FOLDER = join('.stanch', 'migrations')

export function openMigration(root: string, id: string): MigrationFolder {
  const directory = join(root, FOLDER, id)
  const journal = join(directory, 'journal.jsonl')
  return {
    directory,
    record,
    read: () => reduceJournal(readEvents(journal)),
    writeSealed: bytes => {
      prepare(root, directory)
      writeFileAtomically(join(directory, 'undo.age'), bytes, 0o600)
    },
    readSealed: () => readFileSync(join(directory, 'undo.age')),
  }

  function record(event: MigrationEvent): void {
    prepare(root, directory)
    const file = openSync(journal, 'a', 0o600)
    try {
      // A line that a crash has cut stays alone.
      const gap = endsWithoutNewline(journal) ? '\n' : ''
      writeSync(file, `${gap}${JSON.stringify(event)}\n`)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
  }
}

/** The migrations there were, oldest first. */
export function listMigrations(root: string): MigrationState[] {
  const folder = join(root, FOLDER)
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .flatMap(({ name }) => openMigration(root, name).read() ?? [])
    .sort((a, b) => (a.at < b.at ? -1 : 1))
}

/**
 * The migration that is meant.
 * @param given an id, or true for the only one (for the last one where `fits` holds for several)
 */
export function findMigration(
  root: string,
  given: string | true,
  fits: (state: MigrationState) => boolean,
  wanted: string,
): MigrationState {
  const all = listMigrations(root)
  const found = given === true ? all.filter(fits).at(-1) : all.find(({ id }) => id === given)
  if (found && fits(found)) return found
  if (found)
    throw new UserError(
      `migration ${found.id} is ${found.status}`,
      `Only one that is ${wanted} can be meant.`,
    )
  throw new UserError(
    given === true ? `there is no migration that is ${wanted}` : `there is no migration "${given}"`,
    'See "stanch migrate --list".',
  )
}

function prepare(root: string, directory: string): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const ignore = join(root, FOLDER, '.gitignore')
  if (!existsSync(ignore)) writeFileSync(ignore, '*\n')
}

function readEvents(path: string): MigrationEvent[] {
  if (!existsSync(path)) return []
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap(line => {
      try {
        return line === '' ? [] : [JSON.parse(line) as MigrationEvent]
      } catch {
        // Cut by a crash before it was acknowledged.
        return []
      }
    })
}

function endsWithoutNewline(path: string): boolean {
  const bytes = readFileSync(path)
  return bytes.length > 0 && bytes.at(-1) !== 10
}
