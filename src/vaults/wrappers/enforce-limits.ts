import { refuseName, refusePut } from '../refuse-put.ts'
import type { SecretError } from '../secret-error.ts'
import type { StoredSecret, Vault } from '../vault.ts'

/**
 * Refuses before anything is sent what the store's limits forbid: stores and emulators differ in how well they say no,
 * and a name that cannot be is not to end up in an address.
 */
export function enforceLimits(inner: Vault): Vault {
  const { put, remove, restore, history } = inner
  return {
    ...inner,
    get: async (name, options) => inner.get(allowed(name), options),
    async getMany(wanted, options) {
      const refusals = wanted.map(({ name }) => refuseName(inner, name))
      const asked = wanted.filter((_, at) => refusals[at] === undefined)
      const answers = [...(await inner.getMany(asked, options))]
      return refusals.map((refusal): StoredSecret | SecretError => refusal ?? answers.shift()!)
    },
    ...(put && {
      async put(name, value, options) {
        const refusal = refusePut(inner, name, value)
        if (refusal) throw refusal
        return put.call(inner, name, value, options)
      },
    }),
    ...(remove && { remove: async name => remove.call(inner, allowed(name)) }),
    ...(restore && { restore: async name => restore.call(inner, allowed(name)) }),
    ...(history && { history: async (name, options) => history.call(inner, allowed(name), options) }),
  }

  function allowed(name: string): string {
    const refusal: SecretError | undefined = refuseName(inner, name)
    if (refusal) throw refusal
    return name
  }
}
