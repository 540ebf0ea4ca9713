/** Entries ↔ lines of a journal. The hash covers the line's text up to itself, and with `prev` all lines before it. */
import { createHash } from 'node:crypto'
import { UserError } from '../../errors.ts'
import { type Entry, type EntryBody, toEntry } from './entry.ts'

/** What a journal ends with: how many entries, and the hash of the last one. Kept elsewhere it proves that none is gone. */
export interface JournalHead {
  seq: number
  hash: string
}

export const emptyHead: JournalHead = { seq: 0, hash: '' }

/** The line of the next entry, without its newline. */
export function writeLine(head: JournalHead, at: string, by: string, body: EntryBody): string {
  const open = JSON.stringify({ seq: head.seq + 1, at, by, ...body, prev: head.hash }).slice(0, -1)
  return `${open},"hash":"${hashOf(open)}"}`
}

function hashOf(open: string): string {
  return createHash('sha256').update(open).digest('hex')
}

const end = /^(.*),"hash":"([0-9a-f]{64})"\}$/s

/**
 * Reads the whole lines of a journal and proves the chain.
 * @param name how the journal is called in errors
 * @throws UserError that names the line which was changed, or says that some are gone
 */
export function readLines(name: string, text: string, head: JournalHead = emptyHead): Entry[] {
  const entries: Entry[] = []
  let before = emptyHead
  for (const line of text.split('\n').filter(Boolean)) {
    const entry = readLine(line, before)
    if (!entry) throw tampered(name, `line ${before.seq + 1} was changed, moved or put in`)
    entries.push(entry)
    before = entry
  }
  const known = entries[head.seq - 1]
  if (head.seq > entries.length)
    throw tampered(name, `it has ${entries.length} entries and had ${head.seq}: the end is gone`)
  if (head.seq > 0 && known?.hash !== head.hash) throw tampered(name, 'it was written anew')
  return entries
}

function readLine(line: string, before: JournalHead): Entry | undefined {
  const [, open = '', hash = ''] = end.exec(line) ?? []
  if (hash === '' || hashOf(open) !== hash) return undefined
  const entry = toEntry(parse(line))
  return entry && entry.seq === before.seq + 1 && entry.prev === before.hash ? entry : undefined
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function tampered(name: string, what: string): UserError {
  return new UserError(
    `${name} cannot be trusted: ${what}`,
    'Keep the folder as it is, and compare it with a backup or with the last report, which names the hash of its last entry.',
  )
}

export function headOf(entries: readonly Entry[]): JournalHead {
  const last = entries.at(-1)
  return last ? { seq: last.seq, hash: last.hash } : emptyHead
}
