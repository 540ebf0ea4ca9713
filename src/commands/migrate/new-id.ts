import { randomBytes } from 'node:crypto'

/** Of a migration: sorts by time, and is told from another one of the same second. */
export function newId(now: Date): string {
  return `${now.toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-')}-${randomBytes(2).toString('hex')}`
}
