/** A journal on disk: `journal.jsonl`, and `journal.head` with its length and last hash. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../../errors.ts'
import type { Entry, EntryBody } from '../../incident/journal/entry.ts'
import {
  emptyHead,
  headOf,
  type JournalHead,
  readLines,
  writeLine,
} from '../../incident/journal/hash-chain.ts'
import { type Incident, readIncident } from '../../incident/journal/incident.ts'
import { appendSynced } from '../../system/append-synced.ts'
import { LockTimeout, withFileLock } from '../../system/file-lock.ts'
import { writeFileAtomically } from '../../system/write-file-atomically.ts'
import { readIfThere } from '../read-if-there.ts'

export const JOURNAL = 'journal.jsonl'
const HEAD = 'journal.head'

interface ReadJournal {
  entries: Entry[]
  /** Bytes of the whole lines. */
  size: number
}

/**
 * @param shownAs the folder as people know it
 * @throws UserError for a journal that was changed
 */
export function readJournal(folder: string, shownAs: string): ReadJournal {
  // The head first: a journal only grows.
  const head = readHead(folder, shownAs)
  const text = readIfThere(join(folder, JOURNAL)) ?? ''
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  const entries = readLines(join(shownAs, JOURNAL), whole, head)
  return { entries, size: Buffer.byteLength(whole) }
}

function readHead(folder: string, shownAs: string): JournalHead {
  const text = readIfThere(join(folder, HEAD))
  if (text === undefined) return emptyHead
  try {
    const { seq, hash } = JSON.parse(text)
    if (Number.isInteger(seq) && typeof hash === 'string') return { seq, hash }
  } catch {
    // Told below.
  }
  throw new UserError(
    `${join(shownAs, HEAD)} cannot be read`,
    'It was changed by hand: it holds the length and the last hash of the journal.',
  )
}

const PATIENCE = { patienceMs: 10_000 }

export interface Author {
  by: string
  now: () => Date
}

/**
 * Writes down what `decide` makes of the incident as it is now, when nobody else writes. It is on disk when this returns.
 * @throws UserError for a journal that was changed, or that somebody else holds
 */
export async function addToJournal(
  folder: string,
  shownAs: string,
  author: Author,
  decide: (incident: Incident | undefined) => readonly EntryBody[],
): Promise<Incident> {
  try {
    return await withFileLock(
      join(folder, 'lock'),
      async () => append(folder, shownAs, author, decide),
      PATIENCE,
    )
  } catch (error) {
    if (error instanceof LockTimeout) throw describeLock(error, shownAs)
    throw error
  }
}

function append(
  folder: string,
  shownAs: string,
  { by, now }: Author,
  decide: (incident: Incident | undefined) => readonly EntryBody[],
): Incident {
  const { entries, size } = readJournal(folder, shownAs)
  const bodies = decide(readIncident(entries))
  const at = now().toISOString()
  let head = headOf(entries)
  let text = ''
  for (const body of bodies) {
    const line = writeLine(head, at, by, body)
    text += `${line}\n`
    head = { seq: head.seq + 1, hash: line.slice(-66, -2) }
  }
  const all = readLines(join(shownAs, JOURNAL), wholeText(folder, size) + text)
  appendSynced(join(folder, JOURNAL), size, text)
  // What a killed process of the same number left.
  rmSync(join(folder, `${HEAD}.${process.pid}.tmp`), { force: true })
  writeFileAtomically(join(folder, HEAD), `${JSON.stringify(head)}\n`, 0o660)
  const incident = readIncident(all)
  if (!incident) throw new Error(`${shownAs}: the journal opens no incident`)
  return incident
}

function wholeText(folder: string, size: number): string {
  return Buffer.from(readIfThere(join(folder, JOURNAL)) ?? '')
    .subarray(0, size)
    .toString('utf8')
}

function describeLock(cause: LockTimeout, shownAs: string): UserError {
  return new UserError(
    `${shownAs} is being written by somebody else`,
    `Try again; ${join(shownAs, 'lock')} names the process. Remove it when that one is gone for sure.`,
    { cause },
  )
}
