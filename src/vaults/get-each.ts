import { SecretError } from './secret-error.ts'
import type { ReadOptions, StoredSecret, Vault, Wanted } from './vault.ts'

/** `getMany` of a store that reads one entry a request: so many at a time, each with its own outcome. */
export async function getEach(
  vault: Pick<Vault, 'get'>,
  wanted: readonly Wanted[],
  options: ReadOptions = {},
  atOnce = 8,
): Promise<(StoredSecret | SecretError)[]> {
  const outcomes: (StoredSecret | SecretError)[] = []
  let next = 0
  const work = async () => {
    for (let index = next++; index < wanted.length; index = next++) {
      const { name, version } = wanted[index]!
      outcomes[index] = await outcomeOf(vault.get(name, { ...options, version }))
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, wanted.length) }, work))
  return outcomes
}

/** A store's refusal as a value; anything else is a fault of ours and is thrown on. */
export async function outcomeOf<T>(work: Promise<T>): Promise<T | SecretError> {
  try {
    return await work
  } catch (error) {
    if (error instanceof SecretError) return error
    throw error
  }
}
