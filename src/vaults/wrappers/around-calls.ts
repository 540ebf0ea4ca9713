import type { Vault, Wanted } from '../vault.ts'

/** A call of a vault, as wrappers see it. */
export interface Call {
  action: 'get' | 'getMany' | 'list' | 'put' | 'remove' | 'restore' | 'history'
  wanted: readonly Wanted[]
  signal?: AbortSignal | undefined
}

export type Around = <T>(call: Call, proceed: () => Promise<T>) => Promise<T>

/** The same vault, with something done around every call. What the vault cannot do, the result cannot do either. */
export function aroundCalls(inner: Vault, around: Around): Vault {
  const { put, remove, restore, history, valuePage } = inner
  return {
    store: inner.store,
    stage: inner.stage,
    limits: () => inner.limits(),
    address: name => inner.address(name),
    get: (name, options) =>
      around({ action: 'get', wanted: [{ name, version: options?.version }], signal: options?.signal }, () =>
        inner.get(name, options),
      ),
    getMany: (wanted, options) =>
      around({ action: 'getMany', wanted, signal: options?.signal }, () => inner.getMany(wanted, options)),
    page: options =>
      around({ action: 'list', wanted: [], signal: options?.signal }, () => inner.page(options)),
    ...(valuePage && {
      valuePage: options =>
        around({ action: 'list', wanted: [], signal: options?.signal }, () => valuePage.call(inner, options)),
    }),
    ...(put && {
      put: (name, value, options) =>
        around({ action: 'put', wanted: [{ name }] }, () => put.call(inner, name, value, options)),
    }),
    ...(remove && {
      remove: name => around({ action: 'remove', wanted: [{ name }] }, () => remove.call(inner, name)),
    }),
    ...(restore && {
      restore: name => around({ action: 'restore', wanted: [{ name }] }, () => restore.call(inner, name)),
    }),
    ...(history && {
      history: (name, options) =>
        around({ action: 'history', wanted: [{ name }], signal: options?.signal }, () =>
          history.call(inner, name, options),
        ),
    }),
  }
}
