/** A vault of 1Password. An entry is an item, its value the field `password` or `credential`; `ITEM#field` is another one. */
import { UserError } from '../../errors.ts'
import type { VaultSettings } from '../../settings/settings-schema.ts'
import { checkCondition } from '../check-condition.ts'
import { getEach } from '../get-each.ts'
import { SecretError, type SecretErrorKind } from '../secret-error.ts'
import { StoredSecret, type Vault, type VaultLimits, type VaultWorld } from '../vault.ts'
import { connectItems, type Item, type ItemField, programItems } from './items.ts'

const limits: VaultLimits = {
  name: {
    pattern: /^[^\p{C}]+$/u,
    maxLength: 255,
    caseSensitive: true,
    rule: 'no control characters',
  },
  maxBytes: 64 * 1024,
  emptyAllowed: false,
  batch: 1,
  writesPerSecond: 2,
  conditionalPut: { ifAbsent: false, ifVersion: false },
  versions: false,
  readable: true,
}

export function createOnePasswordVault(settings: VaultSettings, store: string, world: VaultWorld): Vault {
  if (!settings.name) throw new UserError(`${store}: which vault?`, 'Write --vault onepassword:NAME.')
  const items = (world.env.OP_CONNECT_HOST ? connectItems : programItems)(settings.name, store, world)
  const fail = (kind: SecretErrorKind, name: string, reason?: string) =>
    new SecretError(kind, { store, names: [name], reason })
  const vault: Vault = {
    store,
    stage: undefined,
    limits: () => limits,
    address: name => name,
    async get(name, { version } = {}) {
      const { title, label } = split(name)
      const item = await items.read(idOf(await find(title), name), title)
      if (version !== undefined && version !== 'current' && String(version) !== String(item.version))
        throw fail('version-not-found', name)
      return toSecret(name, item, label)
    },
    getMany: (wanted, options) => getEach(vault, wanted, options, 4),
    async page({ prefix = '' } = {}) {
      const entries = (await items.list()).flatMap(
        ({ title = '', version, updated_at, updatedAt = updated_at }) =>
          title.startsWith(prefix)
            ? [
                {
                  name: title,
                  ...(version !== undefined && { version: String(version) }),
                  ...(updatedAt && { updated: new Date(updatedAt) }),
                },
              ]
            : [],
      )
      return { entries: [...new Map(entries.map(entry => [entry.name, entry])).values()] }
    },
    async put(name, value, condition = {}) {
      await checkCondition(vault, name, condition)
      const { title, label } = split(name)
      const found = await find(title)
      const before = found && (await items.read(idOf(found, name), title))
      const written = before
        ? await items.replace(idOf(before, name), {
            ...before,
            fields: withField(before.fields ?? [], label, value.reveal()),
          })
        : await items.create({ title, category: 'PASSWORD', fields: withField([], label, value.reveal()) })
      return { name, ...(written.version !== undefined && { version: String(written.version) }) }
    },
    async remove(name) {
      const { title } = split(name)
      await items.remove(idOf(await find(title), name), title)
    },
  }
  return vault

  /** Titles need not be unique: which of two is meant nobody can tell. */
  async function find(title: string): Promise<Item | undefined> {
    const found = (await items.list()).filter(item => item.title === title)
    if (found.length > 1) throw fail('conflict', title, 'several items have this title')
    return found[0]
  }

  function idOf(item: Item | undefined, name: string): string {
    if (item?.id === undefined) throw fail('not-found', name)
    return item.id
  }

  function toSecret(
    name: string,
    { fields = [], version, updated_at, updatedAt = updated_at }: Item,
    label?: string,
  ) {
    const value = fields.find(field => isWanted(field, label))?.value
    if (value === undefined) throw fail('not-found', name, 'the item has no such field')
    return new StoredSecret(value, {
      name,
      store,
      ...(version !== undefined && { version: String(version) }),
      ...(updatedAt && { created: new Date(updatedAt) }),
    })
  }
}

function isWanted({ id, label, purpose }: ItemField, wanted: string | undefined): boolean {
  if (wanted !== undefined) return label === wanted || id === wanted
  return purpose === 'PASSWORD' || label === 'credential'
}

function withField(fields: readonly ItemField[], label: string | undefined, value: string): ItemField[] {
  if (fields.some(field => isWanted(field, label)))
    return fields.map(field => (isWanted(field, label) ? { ...field, value } : field))
  const added: ItemField =
    label === undefined
      ? { id: 'password', label: 'password', purpose: 'PASSWORD', type: 'CONCEALED', value }
      : { label, type: 'CONCEALED', value }
  return [...fields, added]
}

function split(name: string): { title: string; label?: string } {
  const at = name.lastIndexOf('#')
  return at <= 0 ? { title: name } : { title: name.slice(0, at), label: name.slice(at + 1) }
}
