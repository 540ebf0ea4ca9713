/** What a migration has done so far. One JSON line an event, synced before the next step; never a value. */
export type MigrationEvent =
  | { type: 'began'; id: string; at: string; migration: MigrationFacts }
  | { type: 'writing'; stage: string; name: string }
  /** An entry that was deleted and still holds its name is brought back, to be written then. */
  | { type: 'restoring'; stage: string; name: string }
  | { type: 'written'; stage: string; name: string; version?: string | undefined }
  | { type: 'verified' }
  | { type: 'wrote-file'; path: string }
  | { type: 'proved' }
  | { type: 'cleaned'; path: string; how: CleanupStep['how'] }
  | { type: 'finished'; at: string }
  /** From here on there is only the way back. */
  | { type: 'undoing'; at: string }
  | { type: 'undone'; at: string }

/** What was agreed to. Paths count from the project. */
export interface MigrationFacts {
  /** As `--vault` takes it. */
  vault: string
  namespace?: string | undefined
  parts: readonly MigratedFile[]
}

/** What is done with a file that holds plaintext; `untracked` is taken out of git's index. */
export interface CleanupStep {
  path: string
  how: 'removed' | 'reduced' | 'untracked'
}

/** A file and the stage it belongs to; no two have the same stage. */
export interface MigratedFile {
  file: string
  stage: string
  dialect: string
  template: string
  writes: readonly { name: string; action: 'create' | 'overwrite'; version?: string | undefined }[]
}

export interface MigrationState {
  id: string
  at: string
  migration: MigrationFacts
  /** Entries (see `entryId`) whose write was begun; whether it arrived is known for those in `written` only. */
  begun: ReadonlySet<string>
  restored: ReadonlySet<string>
  written: ReadonlyMap<string, string | undefined>
  files: readonly string[]
  isVerified: boolean
  isProved: boolean
  /** Steps, see `stepId`. */
  cleaned: ReadonlySet<string>
  status: 'open' | 'finished' | 'undoing' | 'undone'
}

/** An entry among those of all stages. A stage holds no newline. */
export function entryId({ stage, name }: { stage: string; name: string }): string {
  return `${stage}\n${name}`
}

export function stepId({ path, how }: CleanupStep): string {
  return `${how} ${path}`
}

/** Undefined for a journal that was cut before it began. */
export function reduceJournal(events: readonly MigrationEvent[]): MigrationState | undefined {
  const [first] = events
  if (first?.type !== 'began') return undefined
  const { id, at, migration } = first
  const begun = new Set<string>()
  const restored = new Set<string>()
  const written = new Map<string, string | undefined>()
  const files: string[] = []
  const cleaned = new Set<string>()
  const state: MigrationState = {
    ...{ id, at, migration, begun, restored, written, files, cleaned },
    ...{ isVerified: false, isProved: false, status: 'open' },
  }
  for (const event of events) {
    if (event.type === 'writing') begun.add(entryId(event))
    else if (event.type === 'restoring') restored.add(entryId(event))
    else if (event.type === 'written') written.set(entryId(event), event.version)
    else if (event.type === 'wrote-file') files.push(event.path)
    else if (event.type === 'cleaned') cleaned.add(stepId(event))
    else if (event.type === 'verified') state.isVerified = true
    else if (event.type === 'proved') state.isProved = true
    else if (event.type === 'finished') state.status = 'finished'
    else if (event.type === 'undoing') state.status = 'undoing'
    else if (event.type === 'undone') state.status = 'undone'
  }
  return state
}
