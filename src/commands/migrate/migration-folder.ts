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

/** The migrations there were, oldest first; without those whose journal is of an older form. */
export function listMigrations(root: string): MigrationState[] {
  return listFolders(root)
    .flatMap(id => openMigration(root, id).read() ?? [])
    .filter(state => !isOld(state))
    .sort((a, b) => (a.at < b.at ? -1 : 1))
}

function listFolders(root: string): string[] {
  const folder = join(root, FOLDER)
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry =>
    entry.isDirectory() ? [entry.name] : [],
  )
}

/** Versions before the first release told of one file only. */
function isOld({ migration }: MigrationState): boolean {
  return !Array.isArray(migration.parts)
}

/** @throws UserError where the journal is of an older form, and open */
function refuseOld(root: string, given: string | true): void {
  for (const id of listFolders(root)) {
    const state = openMigration(root, id).read()
    if (!state || !isOld(state) || (given === true ? state.status === 'undone' : id !== given)) continue
    const sealed = join(FOLDER, id, 'undo.age')
    throw new UserError(
      `migration ${id} was begun by an older version, whose journal this one does not read`,
      `"age -d -i IDENTITY ${sealed}" shows the file as it was (base64 in JSON). Put it back, then remove the folder.`,
    )
  }
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
  refuseOld(root, given)
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
