import { refusePut } from '../refuse-put.ts'
import type { Vault } from '../vault.ts'

/** Refuses before anything is sent what the store's limits forbid; stores and emulators differ in how well they say no. */
export function enforceLimits(inner: Vault): Vault {
  const { put } = inner
  if (!put) return inner
  return {
    ...inner,
    async put(name, value, options) {
      const refusal = refusePut(inner, name, value)
      if (refusal) throw refusal
      return put.call(inner, name, value, options)
    },
  }
}
