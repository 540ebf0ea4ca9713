import type { Classification } from '../model.ts'
import type { DecidedEntry } from './decide-values.ts'

export const conflictPolicies = ['fail', 'skip', 'overwrite'] as const
/** What becomes of an entry that the vault has with another value: `skip` leaves it and lets the template refer to it. */
export type ConflictPolicy = (typeof conflictPolicies)[number]

export type EntryAction = 'create' | 'unchanged' | 'overwrite' | 'skip' | 'keep-in-template' | 'fail'

/** One line of the plan. Never holds a value. */
export interface PlannedEntry {
  key: string
  line: number
  class: Classification['class']
  reason: string
  /** The entry's name in the store itself; null where nothing is stored. */
  name: string | null
  action: EntryAction
}

/** What the vault says of a name before anything is written. */
export interface StoreFacts {
  /** @throws with a message for people */
  address(name: string): string
  /** The same for names that the store cannot tell apart. */
  identity(address: string): string
  /** Why the value cannot be stored. */
  refusal(value: string): string | undefined
  /** The current value and version; undefined where there is none. */
  current(name: string): { value: string; version?: string | undefined } | undefined
}

export interface PlannedWrite {
  name: string
  value: string
  action: 'create' | 'overwrite'
  /** The version that is replaced. */
  version?: string | undefined
}

export interface PlannedValues {
  entries: PlannedEntry[]
  writes: PlannedWrite[]
}

/** Decides before the first write what is written, and what stands in the way. */
export function planValues(
  decided: readonly DecidedEntry[],
  facts: StoreFacts,
  policy: ConflictPolicy,
): PlannedValues {
  const writes: PlannedWrite[] = []
  const owners = new Map<string, string>()
  const entries = decided.map(plan)
  return { entries, writes }

  function plan({ key, line, classification, reason, parts, stored, isLeft }: DecidedEntry): PlannedEntry {
    const about = { key, line, class: classification.class, reason }
    if (isLeft) return { ...about, name: null, action: 'skip' }
    if (!stored) {
      const [part] = parts.filter(part => 'entry' in part)
      const told = part && 'entry' in part ? `${reason}; holds ${part.entry}` : reason
      return { ...about, reason: told, name: null, action: 'keep-in-template' }
    }
    const refused = (why: string, name: string | null = null): PlannedEntry => ({
      ...about,
      reason: why,
      name,
      action: 'fail',
    })
    const name = addressOf(stored.name)
    if (typeof name !== 'string') return refused(name.reason)
    const owner = owners.get(facts.identity(name))
    if (owner !== undefined) return refused(`${owner} has the same name in the vault`, name)
    owners.set(facts.identity(name), key)
    const refusal = facts.refusal(stored.value)
    if (refusal !== undefined) return refused(refusal, name)
    const current = facts.current(stored.name)
    if (current?.value === stored.value) return { ...about, name, action: 'unchanged' }
    if (!current) {
      writes.push({ ...stored, action: 'create' })
      return { ...about, name, action: 'create' }
    }
    if (policy === 'fail') return refused('the vault has it with another value', name)
    if (policy === 'skip') return { ...about, name, action: 'skip' }
    writes.push({ ...stored, action: 'overwrite', version: current.version })
    return { ...about, name, action: 'overwrite' }
  }

  function addressOf(name: string): string | { reason: string } {
    try {
      return facts.address(name)
    } catch (error) {
      return { reason: error instanceof Error ? error.message : String(error) }
    }
  }
}
