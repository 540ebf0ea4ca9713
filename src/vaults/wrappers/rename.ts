import type { Address } from '../address.ts'
import { outcomeOf } from '../get-each.ts'
import { SecretError } from '../secret-error.ts'
import { type EntryInfo, StoredSecret, type Vault } from '../vault.ts'

/** The entries of one scope under the names they have there: the wrapper covers every call, lists and errors too. */
export function renameEntries(inner: Vault, address: Address, stage = inner.stage): Vault {
  const { put, remove, restore, history, valuePage } = inner
  return {
    store: inner.store,
    stage,
    limits: () => inner.limits(),
    address: name => inner.address(toInner(name)),
    get: async (name, options) => outward(await translated(inner.get(toInner(name), options))),
    async getMany(wanted, options) {
      const outcomes = await translated(
        inner.getMany(
          wanted.map(one => ({ ...one, name: toInner(one.name) })),
          options,
        ),
      )
      return outcomes.map(one => (one instanceof SecretError ? outwardError(one) : outward(one)))
    },
    async page({ prefix = '', ...options } = {}) {
      const page = await translated(inner.page({ ...options, prefix: toInner(prefix) }))
      return { ...page, entries: page.entries.flatMap(outwardInfo) }
    },
    ...(valuePage && {
      async valuePage({ prefix = '', ...options } = {}) {
        const page = await translated(valuePage.call(inner, { ...options, prefix: toInner(prefix) }))
        return { ...page, secrets: page.secrets.filter(({ name }) => address.toKey(name)).map(outward) }
      },
    }),
    ...(put && {
      put: async (name, value, options) => ({
        ...(await translated(put.call(inner, toInner(name), value, options))),
        name,
      }),
    }),
    ...(remove && { remove: name => translated(remove.call(inner, toInner(name))) }),
    ...(restore && { restore: name => translated(restore.call(inner, toInner(name))) }),
    ...(history && { history: (name, options) => translated(history.call(inner, toInner(name), options)) }),
  }

  function toInner(name: string): string {
    if (name.split('/').includes('..'))
      throw new SecretError('invalid-name', {
        store: inner.store,
        stage,
        names: [name],
        reason: '".." in it',
      })
    return address.toStore(name)
  }

  function toOuter(name: string): string {
    return address.toKey(name) ?? name
  }

  function outward(secret: StoredSecret): StoredSecret {
    return new StoredSecret(secret.reveal(), {
      name: toOuter(secret.name),
      store: secret.store,
      ...(secret.version === undefined ? {} : { version: secret.version }),
      ...(secret.created === undefined ? {} : { created: secret.created }),
    })
  }

  function outwardInfo(entry: EntryInfo): EntryInfo[] {
    const name = address.toKey(entry.name)
    return name === undefined || name === '' ? [] : [{ ...entry, name }]
  }

  async function translated<T>(work: Promise<T>): Promise<T> {
    const outcome = await outcomeOf(work)
    if (outcome instanceof SecretError) throw outwardError(outcome)
    return outcome
  }

  function outwardError(error: SecretError): SecretError {
    const { kind, store, names, reason, retryAfterMs, retryable, hint } = error
    return new SecretError(kind, {
      store,
      stage,
      names: names.map(toOuter),
      reason,
      retryAfterMs,
      retryable,
      hint,
    })
  }
}
