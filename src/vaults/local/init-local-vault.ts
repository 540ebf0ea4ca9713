import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { UserError } from '../../errors.ts'
import type { Secret } from '../../model.ts'
import { withFileLock } from '../../system/file-lock.ts'
import { writeFileAtomically } from '../../system/write-file-atomically.ts'
import type { VaultWorld } from '../vault.ts'
import { identityPath, type LocalSettings, readIdentities, vaultPath } from './identity.ts'
import { writeVaultFile } from './vault-file.ts'

export interface NewLocalVault {
  path: string
  identity: { path: string; created: boolean }
  /** The identity's own recipient first. */
  recipients: readonly string[]
}

export interface InitOptions {
  store: string
  /** Who can read besides the identity, `age1…`. */
  recipients?: readonly string[]
  /** Encrypts a new identity. */
  passphrase?: Secret | undefined
  /** Logarithm of what a guess of the passphrase costs; age's own default takes about a second. */
  workFactor?: number | undefined
}

/**
 * Makes the vault, and the identity where there is none yet.
 * @throws UserError where there is a vault, or a recipient is none
 */
export async function initLocalVault(
  settings: LocalSettings,
  { store, recipients = [], ...locking }: InitOptions,
  world: VaultWorld,
): Promise<NewLocalVault> {
  const path = vaultPath(settings, world)
  const others = [...(settings.recipients ?? []), ...recipients]
  for (const recipient of others) await checkRecipient(recipient)
  refuseExisting(path)
  mkdirSync(dirname(path), { recursive: true })
  return withFileLock(`${path}.lock`, async () => {
    refuseExisting(path)
    const identity = await provideIdentity(identityPath(settings, world), store, locking, world)
    const all = [...new Set([...identity.recipients, ...others])]
    await writeVaultFile(path, { recipients: all, entries: new Map() })
    return { path, identity: { path: identity.path, created: identity.created }, recipients: all }
  })
}

function refuseExisting(path: string): void {
  if (existsSync(path))
    throw new UserError(`there is a local vault already: "${path}"`, 'Use it, or move it away to begin anew.')
}

async function checkRecipient(recipient: string): Promise<void> {
  const { Encrypter } = await import('age-encryption')
  try {
    new Encrypter().addRecipient(recipient)
  } catch {
    throw new UserError(`"${recipient}" is no recipient`, 'A recipient of age begins with age1.')
  }
}

export async function provideIdentity(
  path: string,
  store: string,
  { passphrase, workFactor = 18 }: Pick<InitOptions, 'passphrase' | 'workFactor'>,
  world: VaultWorld,
): Promise<{ path: string; created: boolean; recipients: string[] }> {
  const { generateX25519Identity, identityToRecipient } = await import('age-encryption')
  if (existsSync(path)) {
    const identities = await readIdentities(path, store, world)
    return { path, created: false, recipients: await Promise.all(identities.map(identityToRecipient)) }
  }
  const identity = await generateX25519Identity()
  const recipient = await identityToRecipient(identity)
  const text = `# created: ${world.now().toISOString()}\n# public key: ${recipient}\n${identity}\n`
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  writeFileAtomically(path, passphrase ? await seal(text, passphrase, workFactor) : text, 0o600)
  return { path, created: true, recipients: [recipient] }
}

async function seal(text: string, passphrase: Secret, workFactor: number): Promise<string> {
  const { Encrypter, armor } = await import('age-encryption')
  const encrypter = new Encrypter()
  encrypter.setScryptWorkFactor(workFactor)
  encrypter.setPassphrase(passphrase.reveal())
  return armor.encode(await encrypter.encrypt(text))
}
