import { join } from 'node:path'
import sodium from 'libsodium-wrappers'
import { afterAll, describe, expect, test } from 'vitest'
import type { VaultSettings } from '../../src/settings/settings-schema.ts'
import { storeTypes } from '../../src/vaults/index.ts'
import { initLocalVault } from '../../src/vaults/local/init-local-vault.ts'
import { openStore } from '../../src/vaults/open-store.ts'
import type { Vault, VaultWorld } from '../../src/vaults/vault.ts'
import { awsThrottle, fakeAws } from '../support/fakes/aws.ts'
import { azureThrottle, fakeAzure } from '../support/fakes/azure.ts'
import { fakeGcp, gcpThrottle } from '../support/fakes/gcp.ts'
import { fakeHashicorp, vaultThrottle } from '../support/fakes/hashicorp.ts'
import {
  type FakeStore,
  fakeConnect,
  fakeDoppler,
  fakeGitHub,
  fakeInfisical,
  fakeKubernetes,
} from '../support/fakes/saas.ts'
import { quickPace } from '../support/quick-pace.ts'
import { makeDirectory } from '../support/temporary-directory.ts'
import { type ContractSubject, keepsContract } from './contract.ts'

const about = { namespace: 'shop', stage: 'production' }
const now = () => new Date('2026-11-26T12:00:00Z')

/** Opened as a command opens it, from settings. */
function openKind(
  type: keyof typeof storeTypes,
  settings: Omit<VaultSettings, 'type'> = {},
  world: Partial<VaultWorld> = {},
): Promise<Vault> {
  const whole = { env: {}, directory: makeDirectory(), now, pace: quickPace(), ...world }
  return openStore(storeTypes[type], { type, ...settings }, { ...about, store: type }, whole)
}

/** A subject for each kind of store. */
const subjects: Record<keyof typeof storeTypes, () => ContractSubject> = {
  azure: () => ({ open: openAzure, deletedNamesRest: true }),
  doppler: () => ({ open: saasOpener('doppler', doppler, { endpoint: doppler.origin, project: 'p' }) }),
  env: () => {
    let env: NodeJS.ProcessEnv = {}
    return {
      open: () => openKind('env', { prefix: 'APP_' }, { env }),
      seed: entries => {
        env = Object.fromEntries(Object.entries(entries).map(([name, value]) => [`APP_${name}`, value]))
      },
    }
  },
  file: () => ({ open: () => openKind('file') }),
  gcp: () => ({ open: openGcp }),
  github: () => ({
    open: saasOpener('github', github, {
      endpoint: github.origin,
      repository: 'o/r',
      environment: '{stage}',
    }),
  }),
  infisical: () => ({
    open: saasOpener('infisical', infisical, { address: infisical.origin, project: 'p' }),
  }),
  kubernetes: () => ({ open: saasOpener('kubernetes', kubernetes, { name: 'app', namespace: 'shop' }) }),
  local: () => ({
    open: async () => {
      const directory = makeDirectory()
      const world = { env: { XDG_CONFIG_HOME: directory }, directory, now }
      await initLocalVault({}, { store: 'local' }, world)
      return openKind('local', {}, world)
    },
  }),
  memory: () => ({ open: () => openKind('memory') }),
  onepassword: () => ({ open: saasOpener('onepassword', connect, { name: 'Team' }) }),
  secretsmanager: () => ({ open: awsOpener('secretsmanager'), deletedNamesRest: true }),
  ssm: () => ({ open: awsOpener('ssm') }),
  vault: () => ({ open: hashicorpOpener({}) }),
}

/** Other ways of the same stores. */
const variants: Record<string, () => ContractSubject> = {
  'vault, KV version 1': () => ({ open: hashicorpOpener({ mount: 'old', kvVersion: 1 }) }),
  'vault, all entries of a stage in one path': () => ({
    open: hashicorpOpener({ path: '{namespace}/{stage}#{KEY}' }),
  }),
}

const gcp = await fakeGcp()
afterAll(() => gcp.close())

function openGcp(): Promise<Vault> {
  gcp.reset()
  gcp.failEvery(7, gcpThrottle)
  const env = { GOOGLE_OAUTH_ACCESS_TOKEN: 'fake' }
  return openKind('gcp', { endpoint: gcp.origin, project: 'p' }, { env })
}

const azure = await fakeAzure()
afterAll(() => azure.close())

function openAzure(): Promise<Vault> {
  azure.reset()
  azure.failEvery(7, azureThrottle)
  const env = {
    AZURE_TENANT_ID: 'tenant',
    AZURE_CLIENT_ID: 'id',
    AZURE_CLIENT_SECRET: 'pass',
    AZURE_AUTHORITY_HOST: azure.origin,
  }
  return openKind('azure', { endpoint: azure.origin }, { env })
}

await sodium.ready
const boxKeys = sodium.crypto_box_keypair()
const github = await fakeGitHub(Buffer.from(boxKeys.publicKey).toString('base64'), sealed =>
  sodium.to_string(
    sodium.crypto_box_seal_open(Buffer.from(sealed, 'base64'), boxKeys.publicKey, boxKeys.privateKey),
  ),
)
const doppler = await fakeDoppler()
const infisical = await fakeInfisical()
const connect = await fakeConnect()
const kubernetes = await fakeKubernetes()
const saas = [github, doppler, infisical, connect, kubernetes]
afterAll(() => Promise.all(saas.map(server => server.close())))

const kubeConfig = JSON.stringify({
  'current-context': 'c',
  contexts: [{ name: 'c', context: { cluster: 'k', user: 'u', namespace: 'default' } }],
  clusters: [{ name: 'k', cluster: { server: kubernetes.origin } }],
  users: [{ name: 'u', user: { token: 'token' } }],
})

function saasOpener(type: keyof typeof storeTypes, server: FakeStore, settings: Omit<VaultSettings, 'type'>) {
  return () => {
    server.reset()
    server.failEvery(7, { status: 429, headers: { 'retry-after': '1' } })
    const env = {
      GH_TOKEN: 'token',
      DOPPLER_TOKEN: 'token',
      INFISICAL_UNIVERSAL_AUTH_CLIENT_ID: 'id',
      INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET: 'pass',
      OP_CONNECT_HOST: connect.origin,
      OP_CONNECT_TOKEN: 'token',
      KUBECONFIG: join(makeDirectory({ config: kubeConfig }), 'config'),
    }
    return openKind(type, settings, { env })
  }
}

const hashicorp = await fakeHashicorp()
afterAll(() => hashicorp.close())

function hashicorpOpener(settings: Omit<VaultSettings, 'type'>) {
  return () => {
    hashicorp.reset()
    hashicorp.failEvery(7, vaultThrottle)
    return openKind('vault', { address: hashicorp.origin, ...settings }, { env: { VAULT_TOKEN: 'root' } })
  }
}

/** One server for all; every seventh request is throttled. */
const aws = await fakeAws()
afterAll(() => aws.close())

function awsOpener(type: 'ssm' | 'secretsmanager') {
  return () => {
    aws.reset()
    aws.failEvery(7, awsThrottle)
    return openKind(type, { endpoint: aws.origin, region: 'eu-west-1' })
  }
}

/** The SDK reads its credentials from the process itself. */
process.env.AWS_ACCESS_KEY_ID = 'test'
process.env.AWS_SECRET_ACCESS_KEY = 'test'

test('every kind of store is here', () => {
  expect(Object.keys(subjects)).toEqual(Object.keys(storeTypes))
})

describe.each(Object.entries({ ...subjects, ...variants }))('%s', (_kind, describeSubject) => {
  keepsContract(describeSubject())
})
