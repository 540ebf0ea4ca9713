import { outcomeOf } from '../get-each.ts'
import { SecretError } from '../secret-error.ts'
import { type ReadOptions, StoredSecret, type Vault, type Wanted } from '../vault.ts'

/** `database#password` is the field `password` of an entry that holds a JSON object, as database credentials often do. */
export function withFields(inner: Vault): Vault {
  return {
    ...inner,
    getMany,
    async get(name, options = {}) {
      if (!name.includes('#')) return inner.get(name, options)
      const [outcome] = await getMany([{ name, version: options.version }], options)
      if (outcome instanceof SecretError) throw outcome
      return outcome!
    },
  }

  async function getMany(wanted: readonly Wanted[], options?: ReadOptions) {
    const parts = wanted.map(({ name, version }) => ({ ...splitField(name), version }))
    const whole = new Map(parts.map(({ name, version }) => [`${version ?? ''}:${name}`, { name, version }]))
    const keys = [...whole.keys()]
    const outcomes = await inner.getMany([...whole.values()], options)
    return Promise.all(
      parts.map(({ name, field, version }) => {
        const outcome = outcomes[keys.indexOf(`${version ?? ''}:${name}`)]!
        return field === undefined ? outcome : outcomeOf(pickField(outcome, name, field))
      }),
    )
  }

  async function pickField(
    outcome: StoredSecret | SecretError,
    name: string,
    field: string,
  ): Promise<StoredSecret> {
    const full = `${name}#${field}`
    const about = { store: inner.store, stage: inner.stage, names: [full] }
    if (outcome instanceof SecretError) throw new SecretError(outcome.kind, { ...outcome, names: [full] })
    const object = parseObject(outcome.reveal())
    if (!object) throw new SecretError('decode', { ...about, reason: 'the entry is no JSON object' })
    const value = Object.hasOwn(object, field) ? object[field] : undefined
    if (value === undefined) throw new SecretError('not-found', about)
    const { version, created } = outcome
    return new StoredSecret(typeof value === 'string' ? value : JSON.stringify(value), {
      name: full,
      store: inner.store,
      ...(version !== undefined && { version }),
      ...(created && { created }),
    })
  }
}

function splitField(name: string): { name: string; field: string | undefined } {
  const at = name.lastIndexOf('#')
  return at <= 0 ? { name, field: undefined } : { name: name.slice(0, at), field: name.slice(at + 1) }
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
  } catch {
    // The error would quote the value.
    return undefined
  }
}
