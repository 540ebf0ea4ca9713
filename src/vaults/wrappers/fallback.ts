import { outcomeOf } from '../get-each.ts'
import { allEntries } from '../list-entries.ts'
import { SecretError } from '../secret-error.ts'
import type { EntryInfo, ReadOptions, StoredSecret, Vault, Wanted } from '../vault.ts'

/**
 * Asks the next vault for what the one before does not have, and, with `whenUnavailable`, for what it cannot say now.
 * A refusal is final: that access is denied must not be got round. Writing goes to the first one.
 */
export function withFallback(
  first: Vault,
  others: readonly Vault[],
  { whenUnavailable = false }: { whenUnavailable?: boolean } = {},
): Vault {
  const { valuePage, ...rest } = first
  return {
    ...rest,
    getMany,
    async get(name, options = {}) {
      const [outcome] = await getMany([{ name, version: options.version }], options)
      if (outcome instanceof SecretError) throw outcome
      return outcome!
    },
    async page({ prefix, signal } = {}) {
      const entries = new Map<string, EntryInfo>()
      for (const vault of [...others].reverse().concat(first))
        for (const entry of await allEntries(vault, { prefix, signal })) entries.set(entry.name, entry)
      return { entries: [...entries.values()] }
    },
  }

  async function getMany(wanted: readonly Wanted[], options?: ReadOptions) {
    const outcomes: (StoredSecret | SecretError)[] = await readAll(first, wanted, options)
    for (const vault of others) {
      const open = outcomes.flatMap((one, at) => (passesOn(one) ? [at] : []))
      if (open.length === 0) break
      const found = await readAll(
        vault,
        open.map(at => wanted[at]!),
        options,
      )
      for (const [index, at] of open.entries())
        if (isBetter(found[index]!, outcomes[at]!)) outcomes[at] = found[index]!
    }
    return outcomes
  }

  function passesOn(outcome: StoredSecret | SecretError): boolean {
    if (!(outcome instanceof SecretError)) return false
    return outcome.kind === 'not-found' || (whenUnavailable && outcome.retryable)
  }
}

/** What the first vault said stands, unless another one has the value or a graver trouble than not having it. */
function isBetter(found: StoredSecret | SecretError, before: StoredSecret | SecretError): boolean {
  if (!(found instanceof SecretError)) return true
  return found.kind !== 'not-found' && before instanceof SecretError && before.kind === 'not-found'
}

async function readAll(vault: Vault, wanted: readonly Wanted[], options?: ReadOptions) {
  const outcomes = await outcomeOf(vault.getMany(wanted, options))
  return outcomes instanceof SecretError ? wanted.map(() => outcomes) : [...outcomes]
}
