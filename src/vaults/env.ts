import { getEach } from './get-each.ts'
import { SecretError } from './secret-error.ts'
import { StoredSecret, type Vault, type VaultLimits } from './vault.ts'

export interface EnvOptions {
  store?: string | undefined
  /** What names of variables start with; not part of a key. */
  prefix?: string | undefined
}

const limits: VaultLimits = {
  name: {
    pattern: /^[^=\0]+$/,
    maxLength: Number.POSITIVE_INFINITY,
    caseSensitive: true,
    rule: 'no equals sign',
  },
  // Linux: NAME=value with its terminator.
  maxBytes: 131_071,
  emptyAllowed: true,
  batch: Number.POSITIVE_INFINITY,
  conditionalPut: { ifAbsent: false, ifVersion: false },
  versions: false,
  readable: true,
}

/** The environment as it was when the vault was opened. Read only. */
export function createEnvVault({ store = 'env', prefix = '' }: EnvOptions, env: NodeJS.ProcessEnv): Vault {
  const variables = new Map(
    Object.entries(env).flatMap(([name, value]) =>
      value !== undefined && name.startsWith(prefix) ? [[name.slice(prefix.length), value] as const] : [],
    ),
  )
  const vault: Vault = {
    store,
    stage: undefined,
    limits: () => limits,
    address: name => prefix + nameOfVariable(name),
    async get(name, { version } = {}) {
      const value = variables.get(name) ?? variables.get(nameOfVariable(name))
      if (value === undefined) throw new SecretError('not-found', { store, names: [name] })
      if (version !== undefined && version !== 'current')
        throw new SecretError('version-not-found', { store, names: [name] })
      return new StoredSecret(value, { name, store })
    },
    getMany: (wanted, read) => getEach(vault, wanted, read),
    async page({ prefix: wanted = '' } = {}) {
      const names = [...variables.keys()].filter(name => name !== '' && name.startsWith(wanted)).sort()
      return { entries: names.map(name => ({ name })) }
    },
  }
  return vault
}

/** `jwt-signing-key` is JWT_SIGNING_KEY. */
function nameOfVariable(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, '_').toUpperCase()
}
