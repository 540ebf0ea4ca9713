import type { VaultSettings } from '../settings/settings-schema.ts'
import type { Spelling } from './address.ts'
import type { Vault, VaultScope, VaultWorld } from './vault.ts'

/** A kind of store in the registry. */
export interface StoreType {
  /** How keys are addressed unless settings say otherwise. Absent where the store has stages of its own. */
  path?: string
  /** What stands behind the colon of `ssm:/team/app`, as settings; without it nothing may stand there. */
  argument?: (text: string) => Partial<VaultSettings>
  /** Whether calls go over a network, and so want patience. */
  remote: boolean
  load: () => Promise<OpenStore>
}

export interface OpenStore {
  /** Names are those of the store itself. */
  open(settings: VaultSettings, about: OpenedFor, world: VaultWorld): Vault | Promise<Vault>
  spelling?: Spelling
}

export interface OpenedFor extends VaultScope {
  /** What the user calls the store. */
  store: string
}

const namespace = (text: string) => ({ namespace: text })

/** `kv/app` is the namespace `app` below the mount `kv`. */
function mountAndNamespace(text: string): Partial<VaultSettings> {
  const [mount = '', ...rest] = text.replace(/^\/+|\/+$/g, '').split('/')
  return { mount, ...(rest.length > 0 && { namespace: rest.join('/') }) }
}

/** Every kind of store, alphabetical. To add one: a file, a line here, a line in the contract test, a section in docs/vaults.md. */
export const storeTypes = {
  azure: {
    remote: true,
    path: '{namespace}--{stage}--{KEY}',
    argument: text => ({ name: text }),
    load: async () => {
      const [{ createAzureVault }, { flatNames }] = await Promise.all([
        import('./azure/azure-vault.ts'),
        import('./flat-names.ts'),
      ])
      return {
        spelling: flatNames,
        open: (settings, { store }, world) => createAzureVault(settings, store, world),
      }
    },
  },
  env: {
    remote: false,
    argument: text => ({ prefix: text }),
    load: async () => {
      const { createEnvVault } = await import('./env.ts')
      return { open: ({ prefix }, { store }, { env }) => createEnvVault({ store, prefix }, env) }
    },
  },
  file: {
    remote: false,
    path: '{KEY}',
    argument: text => ({ directory: text }),
    load: async () => {
      const [{ createFileVault }, { resolve }] = await Promise.all([import('./file.ts'), import('node:path')])
      return {
        open: (settings, { store }, { directory }) =>
          createFileVault({ store, directory: resolve(directory, settings.directory ?? 'secrets') }),
      }
    },
  },
  gcp: {
    remote: true,
    path: '{namespace}--{stage}--{KEY}',
    argument: text => ({ project: text }),
    load: async () => {
      const [{ createGcpVault }, { flatNames }] = await Promise.all([
        import('./gcp/gcp-vault.ts'),
        import('./flat-names.ts'),
      ])
      return {
        spelling: flatNames,
        open: (settings, { store }, world) => createGcpVault(settings, store, world),
      }
    },
  },
  local: {
    remote: false,
    path: '/{namespace}/{stage}/{KEY}',
    argument: namespace,
    load: async () => {
      const { createLocalVault } = await import('./local/local-vault.ts')
      return { open: (settings, { store }, world) => createLocalVault(settings, store, world) }
    },
  },
  memory: {
    remote: false,
    path: '/{namespace}/{stage}/{KEY}',
    argument: namespace,
    load: async () => {
      const { createMemoryVault } = await import('./memory.ts')
      return { open: (_settings, { store }, world) => createMemoryVault({ store }, world) }
    },
  },
  secretsmanager: {
    remote: true,
    path: '{namespace}/{stage}/{KEY}',
    argument: namespace,
    load: async () => {
      const { createSecretsManagerVault } = await import('./aws/secrets-manager.ts')
      return { open: (settings, { store }, world) => createSecretsManagerVault(settings, store, world) }
    },
  },
  ssm: {
    remote: true,
    path: '/{namespace}/{stage}/{KEY}',
    argument: namespace,
    load: async () => {
      const { createSsmVault } = await import('./aws/ssm.ts')
      return { open: (settings, { store }, world) => createSsmVault(settings, store, world) }
    },
  },
  vault: {
    remote: true,
    path: '{namespace}/{stage}/{KEY}',
    argument: mountAndNamespace,
    load: async () => {
      const { createKvVault } = await import('./hashicorp/kv-vault.ts')
      return { open: (settings, { store }, world) => createKvVault(settings, store, world) }
    },
  },
} satisfies Record<string, StoreType>
