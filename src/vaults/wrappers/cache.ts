import { SecretError } from '../secret-error.ts'
import type { StoredSecret, Vault, Wanted } from '../vault.ts'

export interface CacheOptions {
  ttlMs: number
  /** How long it is remembered that an entry is not there. */
  missingTtlMs?: number
  /** How long after its time a value may serve while the store cannot be reached. */
  staleIfErrorMs?: number
  nowMs: () => number
}

export interface CachedVault extends Vault {
  /** Forgets one entry, or all. */
  purge(name?: string): void
}

type Outcome = StoredSecret | SecretError
interface Kept {
  outcome: Outcome
  atMs: number
}

/** Values in memory only. Callers who want the same value at the same time cause one request. Writing forgets. */
export function withCache(
  inner: Vault,
  { ttlMs, missingTtlMs = 0, staleIfErrorMs = 0, nowMs }: CacheOptions,
): CachedVault {
  const kept = new Map<string, Kept>()
  const flights = new Map<string, Promise<Outcome>>()
  const { put, remove, restore } = inner
  return {
    ...inner,
    getMany,
    async get(name, options = {}) {
      const [outcome] = await getMany([{ name, version: options.version }])
      if (outcome instanceof SecretError) throw outcome
      return outcome!
    },
    ...(put && {
      put: (name, value, options) => thenPurge(name, () => put.call(inner, name, value, options)),
    }),
    ...(remove && {
      remove: name => thenPurge(name, () => remove.call(inner, name)),
    }),
    ...(restore && {
      restore: name => thenPurge(name, () => restore.call(inner, name)),
    }),
    purge,
  }

  async function getMany(wanted: readonly Wanted[]) {
    const open = wanted.filter(one => fresh(keyOf(one)) === undefined && !flights.has(keyOf(one)))
    const distinct = [...new Map(open.map(one => [keyOf(one), one])).values()]
    if (distinct.length > 0) takeOff(distinct)
    return Promise.all(wanted.map(async one => fresh(keyOf(one)) ?? (await flights.get(keyOf(one))!)))
  }

  /** One request for all of them, on which others may wait, too. */
  function takeOff(wanted: readonly Wanted[]): void {
    const flight = inner.getMany(wanted)
    for (const [index, one] of wanted.entries()) {
      const key = keyOf(one)
      const mine: Promise<Outcome> = flight
        .then(outcomes => outcomes[index]!, asOutcome)
        .then(outcome => (flights.get(key) === mine ? keep(key, outcome) : outcome))
        .finally(() => {
          if (flights.get(key) === mine) flights.delete(key)
        })
      flights.set(key, mine)
    }
  }

  function keep(key: string, outcome: Outcome): Outcome {
    const old = kept.get(key)
    if (outcome instanceof SecretError && outcome.retryable) {
      const stale =
        old && nowMs() - old.atMs <= ttlMs + staleIfErrorMs && !(old.outcome instanceof SecretError)
      return stale ? old.outcome : outcome
    }
    if (outcome instanceof SecretError && outcome.kind !== 'not-found') kept.delete(key)
    else kept.set(key, { outcome, atMs: nowMs() })
    return outcome
  }

  function fresh(key: string): Outcome | undefined {
    const found = kept.get(key)
    if (!found) return undefined
    const ttl = found.outcome instanceof SecretError ? missingTtlMs : ttlMs
    return nowMs() - found.atMs < ttl ? found.outcome : undefined
  }

  /** Also where it failed: nobody knows then how far it came. */
  async function thenPurge<Result>(name: string, change: () => Promise<Result>): Promise<Result> {
    try {
      return await change()
    } finally {
      purge(name)
    }
  }

  function purge(name?: string): void {
    for (const map of [kept, flights])
      for (const key of [...map.keys()]) if (name === undefined || nameOf(key) === name) map.delete(key)
  }
}

function keyOf({ name, version = 'current' }: Wanted): string {
  return JSON.stringify([name, String(version)])
}

function nameOf(key: string): string {
  return JSON.parse(key)[0]
}

function asOutcome(error: unknown): SecretError {
  if (error instanceof SecretError) return error
  throw error
}
