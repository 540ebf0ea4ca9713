import type { Secret } from '../../model.ts'
import { allEntries } from '../list-entries.ts'
import { refusePut } from '../refuse-put.ts'
import { SecretError } from '../secret-error.ts'
import type { Vault } from '../vault.ts'

export const conflictPolicies = ['fail', 'skip', 'overwrite'] as const
export type ConflictPolicy = (typeof conflictPolicies)[number]

/** What is to be done with one entry, decided before anything is written. */
export interface Transfer {
  name: string
  value: Secret
  action: 'create' | 'unchanged' | 'overwrite' | 'skip' | 'fail'
  reason?: string
  /** What is there now, so that nobody else's write is overwritten. */
  version?: string | undefined
}

/** Compares with what is there, refuses what the target cannot hold, and two names that are one there. */
export async function planTransfer(
  target: Vault,
  entries: ReadonlyMap<string, Secret>,
  onConflict: ConflictPolicy,
): Promise<Transfer[]> {
  const names = [...entries.keys()]
  const refusals = new Map(names.map(name => [name, refusalOf(target, name, entries)]))
  const allowed = names.filter(name => refusals.get(name) === undefined)
  const present = target.limits().readable ? await readPresent(target, allowed) : await listPresent(target)
  return names.map(name => {
    const value = entries.get(name)!
    const reason = refusals.get(name)
    if (reason !== undefined) return { name, value, action: 'fail', reason }
    const before = present.get(keyOf(target, name))
    if (before === undefined) return { name, value, action: 'create' }
    if (before !== 'unreadable' && before.equals(value)) return { name, value, action: 'unchanged' }
    const version = before === 'unreadable' ? undefined : before.version
    if (onConflict === 'fail') return { name, value, action: 'fail', reason: 'another value is there' }
    return { name, value, action: onConflict, version }
  })
}

function refusalOf(target: Vault, name: string, entries: ReadonlyMap<string, Secret>): string | undefined {
  const refusal = refusePut(target, name, entries.get(name)!)
  if (refusal) return refusal.reason ?? refusal.kind.replaceAll('-', ' ')
  const address = keyOf(target, name)
  const double = [...entries.keys()].find(
    other =>
      other !== name && !refusePut(target, other, entries.get(other)!) && keyOf(target, other) === address,
  )
  return double === undefined ? undefined : `${target.store} cannot tell it from ${double}`
}

function keyOf(target: Vault, name: string): string {
  const address = target.address(name)
  return target.limits().name.caseSensitive ? address : address.toLowerCase()
}

async function readPresent(target: Vault, names: readonly string[]) {
  const outcomes = await target.getMany(names.map(name => ({ name })))
  return new Map(
    outcomes.flatMap((outcome, at) => {
      if (!(outcome instanceof SecretError)) return [[keyOf(target, names[at]!), outcome] as const]
      if (outcome.kind === 'not-found') return []
      throw outcome
    }),
  )
}

async function listPresent(target: Vault) {
  return new Map((await allEntries(target)).map(({ name }) => [keyOf(target, name), 'unreadable' as const]))
}
