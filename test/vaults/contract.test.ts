import { afterAll, describe, expect, test } from 'vitest'
import type { VaultSettings } from '../../src/settings/settings-schema.ts'
import { storeTypes } from '../../src/vaults/index.ts'
import { initLocalVault } from '../../src/vaults/local/init-local-vault.ts'
import { openStore } from '../../src/vaults/open-store.ts'
import type { Pace, Vault, VaultWorld } from '../../src/vaults/vault.ts'
import { awsThrottle, fakeAws } from '../support/fakes/aws.ts'
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
const subjects: Partial<Record<keyof typeof storeTypes, () => ContractSubject>> = {
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
  local: () => ({
    open: async () => {
      const directory = makeDirectory()
      const world = { env: { XDG_CONFIG_HOME: directory }, directory, now }
      await initLocalVault({}, { store: 'local' }, world)
      return openKind('local', {}, world)
    },
  }),
  memory: () => ({ open: () => openKind('memory') }),
  secretsmanager: () => ({ open: awsOpener('secretsmanager'), deletedNamesRest: true }),
  ssm: () => ({ open: awsOpener('ssm') }),
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

/** Nobody waits. */
function quickPace(): Pace {
  let now = 0
  return {
    nowMs: () => now,
    async sleep(ms) {
      now += ms
    },
    random: () => 0.5,
  }
}

test('every kind of store is here', () => {
  expect(Object.keys(subjects)).toEqual(Object.keys(storeTypes))
})

describe.each(Object.entries(subjects))('%s', (_kind, describeSubject) => {
  keepsContract(describeSubject())
})
