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
  /** It reads `NAME#field` itself; elsewhere that is a field of a value in JSON. */
  ownFields?: true
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

/** `NAMESPACE/NAME`, or only the name of a Secret. */
function namespaceAndName(text: string): Partial<VaultSettings> {
  const [first = '', second] = text.split('/')
  return second === undefined ? { name: first } : { namespace: first, name: second }
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
  doppler: {
    remote: true,
    argument: text => ({ project: text }),
    load: async () => {
      const { createDopplerVault } = await import('./doppler.ts')
      return { open: createDopplerVault }
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
  github: {
    remote: true,
    argument: text => (text.includes('/') ? { repository: text } : { organization: text }),
    load: async () => {
      const { createGitHubVault } = await import('./github/github-vault.ts')
      return { open: createGitHubVault }
    },
  },
  infisical: {
    remote: true,
    argument: text => ({ project: text }),
    load: async () => {
      const { createInfisicalVault } = await import('./infisical.ts')
      return { open: createInfisicalVault }
    },
  },
  kubernetes: {
    remote: true,
    argument: namespaceAndName,
    load: async () => {
      const { createKubernetesVault } = await import('./kubernetes/kubernetes-vault.ts')
      return { open: createKubernetesVault }
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
  onepassword: {
    remote: true,
    ownFields: true,
    path: '{namespace}/{stage}/{KEY}',
    argument: text => ({ name: text }),
    load: async () => {
      const { createOnePasswordVault } = await import('./onepassword/onepassword-vault.ts')
      return { open: (settings, { store }, world) => createOnePasswordVault(settings, store, world) }
    },
  },
  secretsmanager: {
    remote: true,
    path: '{namespace}/{stage}/{KEY}',
    argument: namespace,
    load: async () => {
      const { createSecretsManagerVault } = await import('./aws/sm-vault.ts')
      return { open: (settings, { store }, world) => createSecretsManagerVault(settings, store, world) }
    },
  },
  ssm: {
    remote: true,
    path: '/{namespace}/{stage}/{KEY}',
    argument: namespace,
    load: async () => {
      const { createSsmVault } = await import('./aws/ssm-vault.ts')
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
