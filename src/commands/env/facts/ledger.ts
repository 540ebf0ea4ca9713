import { createHmac, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { writeFileAtomically } from '../../../system/write-file-atomically.ts'

/**
 * Since when each key has its value. A mark is 24 bits of an HMAC under the ledger's own key: enough to notice a change,
 * too little to confirm a guess. It stays in the git directory and is never committed.
 */
export class Ledger {
  readonly #path: string
  readonly #key: string
  readonly #known: Record<string, LedgerEntry>
  readonly #seen: Record<string, LedgerEntry> = {}

  private constructor(path: string, { key, entries }: LedgerFile) {
    this.#path = path
    this.#key = key
    this.#known = entries
  }

  /** A ledger that cannot be read begins anew. */
  static open(gitDir: string): Ledger {
    const path = join(gitDir, 'stanch', 'env-ledger.json')
    return new Ledger(path, readLedger(path) ?? { key: randomBytes(32).toString('hex'), entries: {} })
  }

  /** When this value was first seen; a new one is dated back to the file's last change. */
  see(path: string, name: string, value: string, modified: number): number {
    const id = `${path}\t${name}`
    const mark = createHmac('sha256', this.#key).update(`${id}\t${value}`).digest('hex').slice(0, 6)
    const before = this.#known[id]
    const since = before?.mark === mark ? before.since : Math.floor(modified)
    this.#seen[id] = { mark, since }
    return since
  }

  /** Writes what was seen, if that is something new. A folder that cannot be written keeps no ledger. */
  save(): void {
    const entries = Object.fromEntries(Object.entries({ ...this.#known, ...this.#seen }).sort())
    if (JSON.stringify(entries) === JSON.stringify(this.#known)) return
    try {
      mkdirSync(dirname(this.#path), { recursive: true })
      writeFileAtomically(this.#path, `${JSON.stringify({ key: this.#key, entries })}\n`, 0o600)
    } catch {
      // Without it, ages count from the files' last changes.
    }
  }
}

interface LedgerEntry {
  mark: string
  /** Milliseconds since 1970. */
  since: number
}

interface LedgerFile {
  key: string
  entries: Record<string, LedgerEntry>
}

function readLedger(path: string): LedgerFile | undefined {
  try {
    const { key, entries } = JSON.parse(readFileSync(path, 'utf8'))
    const isWhole =
      typeof key === 'string' && /^[0-9a-f]{64}$/.test(key) && typeof entries === 'object' && entries !== null
    return isWhole ? { key, entries: entries as Record<string, LedgerEntry> } : undefined
  } catch {
    return undefined
  }
}
