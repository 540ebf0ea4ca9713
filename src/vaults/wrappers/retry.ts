import { setTimeout as timeout } from 'node:timers/promises'
import { outcomeOf } from '../get-each.ts'
import { SecretError } from '../secret-error.ts'
import type { Pace, Vault, Wanted } from '../vault.ts'
import { aroundCalls, type Call } from './around-calls.ts'

export interface RetryOptions {
  /** Calls at most, the first one included, of a store that is asked too often. */
  attempts?: number
  /** The same for one that cannot be reached: nobody wants to wait long for a wrong address. */
  attemptsToReach?: number
  firstDelayMs?: number
  /** No pause is longer, whatever a store says. */
  longestDelayMs?: number
  pace?: Pace | undefined
}

const realPace: Pace = {
  nowMs: () => performance.now(),
  sleep: (ms, signal) => timeout(ms, undefined, signal ? { signal } : {}),
  random: Math.random,
}

/**
 * Calls again what may succeed later, after pauses of random length that double. Writes are kept to the rate that the
 * store takes, and to a lower one each time it says that this is too much.
 */
export function withRetry(
  inner: Vault,
  {
    attempts = 8,
    attemptsToReach = 5,
    firstDelayMs = 200,
    longestDelayMs = 30_000,
    pace = realPace,
  }: RetryOptions = {},
): Vault {
  const gate = createWriteGate(inner, pace)
  const again = async <T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> => {
    for (let attempt = 1; ; attempt++) {
      const outcome = await outcomeOf(work())
      if (!(outcome instanceof SecretError)) return outcome
      if (!outcome.retryable || attempt >= patience(outcome)) throw outcome
      if (outcome.kind === 'throttled') gate.slowDown()
      await pace.sleep(delayBefore(attempt, outcome), signal)
    }
  }
  const patience = ({ kind }: SecretError) => (kind === 'throttled' ? attempts : attemptsToReach)
  const delayBefore = (attempt: number, { retryAfterMs = 0 }: SecretError) => {
    const ceiling = Math.min(firstDelayMs * 2 ** (attempt - 1), longestDelayMs)
    return Math.min(retryAfterMs + ceiling * (0.5 + pace.random() / 2), longestDelayMs)
  }
  const vault = aroundCalls(inner, ({ action, signal }, proceed) =>
    again(async () => {
      if (writing.has(action)) await gate.pass()
      return proceed()
    }, signal),
  )
  return { ...vault, getMany }

  /** Only what failed is asked for again. */
  async function getMany(wanted: readonly Wanted[], options = {} as { signal?: AbortSignal }) {
    const outcomes = [...(await again(() => inner.getMany(wanted, options), options.signal))]
    for (let attempt = 1; attempt < attempts; attempt++) {
      const open = outcomes.flatMap((one, at) =>
        one instanceof SecretError && one.retryable && attempt < patience(one) ? [{ one, at }] : [],
      )
      if (open.length === 0) break
      await pace.sleep(Math.max(...open.map(({ one }) => delayBefore(attempt, one))), options.signal)
      const anew = await again(
        () =>
          inner.getMany(
            open.map(({ at }) => wanted[at]!),
            options,
          ),
        options.signal,
      )
      for (const [index, { at }] of open.entries()) outcomes[at] = anew[index]!
    }
    return outcomes
  }
}

const writing: ReadonlySet<Call['action']> = new Set(['put', 'remove', 'restore'])

interface WriteGate {
  /** Waits for this write's turn. */
  pass(): Promise<void>
  slowDown(): void
}

const SLOWEST_MS = 5_000

function createWriteGate(vault: Vault, pace: Pace): WriteGate {
  const rate = vault.limits().writesPerSecond
  let intervalMs = rate === undefined ? 0 : 1000 / rate
  let next = Number.NEGATIVE_INFINITY
  return {
    async pass() {
      const now = pace.nowMs()
      const turn = Math.max(now, next)
      next = turn + intervalMs
      if (turn > now) await pace.sleep(turn - now)
    },
    slowDown() {
      intervalMs = Math.min(Math.max(intervalMs * 1.5, 50), SLOWEST_MS)
    },
  }
}
