/** The identity that opens the local vault: a file of age, readable by its owner only, or encrypted with a passphrase. */
import { readFileSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { UserError } from '../../errors.ts'
import { Secret } from '../../model.ts'
import type { VaultSettings } from '../../settings/settings-schema.ts'
import { SecretError } from '../secret-error.ts'
import type { VaultWorld } from '../vault.ts'

export type LocalSettings = Pick<VaultSettings, 'file' | 'identityFile' | 'recipients'>

/** `STANCH_LOCAL_VAULT`, else the settings' `file`, else `.stanch/vault.age` in the project. */
export function vaultPath(settings: LocalSettings, { env, directory }: VaultWorld): string {
  return env.STANCH_LOCAL_VAULT || resolve(directory, settings.file ?? '.stanch/vault.age')
}

/** `STANCH_IDENTITY_FILE`, else the settings' `identityFile`, else one for all projects in the user's own folder. */
export function identityPath(settings: LocalSettings, { env, directory }: VaultWorld): string {
  if (env.STANCH_IDENTITY_FILE) return env.STANCH_IDENTITY_FILE
  if (settings.identityFile !== undefined) return resolve(directory, settings.identityFile)
  return join(env.XDG_CONFIG_HOME || join(env.HOME || homedir(), '.config'), 'stanch', 'identity.txt')
}

/**
 * The identities in the file, `AGE-SECRET-KEY-…`.
 * @throws SecretError `unauthenticated`, UserError for a file that others can read
 */
export async function readIdentities(path: string, store: string, world: VaultWorld): Promise<string[]> {
  const bytes = readOwn(path, store)
  const text = isSealed(bytes) ? await unseal(bytes, path, store, world) : bytes.toString('utf8')
  const identities = text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '' && !line.startsWith('#'))
  if (identities.length === 0 || identities.some(line => !/^AGE-SECRET-KEY-[A-Z0-9-]+$/.test(line)))
    throw new SecretError('unauthenticated', {
      store,
      reason: `"${path}" is no identity file of age`,
      hint: 'Its lines are AGE-SECRET-KEY-… or comments.',
    })
  return identities
}

function readOwn(path: string, store: string): Buffer {
  try {
    const { mode } = statSync(path)
    if (process.platform !== 'win32' && mode & 0o077)
      throw new UserError(
        `others can read the identity "${path}"`,
        `Run "chmod 600 ${path}"; if others may have read it, make a new one.`,
      )
    return readFileSync(path)
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new SecretError('unauthenticated', {
      store,
      reason: isAbsent(error) ? `there is no identity "${path}"` : `the identity "${path}" cannot be read`,
      hint: 'Give yours with STANCH_IDENTITY_FILE, or run "stanch vault init".',
    })
  }
}

function isSealed(bytes: Buffer): boolean {
  return /^(?:age-encryption\.org\/v1\n|-----BEGIN AGE ENCRYPTED FILE-----)/.test(
    bytes.toString('latin1', 0, 64),
  )
}

async function unseal(bytes: Buffer, path: string, store: string, world: VaultWorld): Promise<string> {
  const passphrase = await readPassphrase(`Passphrase of ${path}`, world)
  if (!passphrase)
    throw new SecretError('unauthenticated', {
      store,
      reason: `"${path}" wants a passphrase`,
      hint: 'Give it in a file named by STANCH_PASSPHRASE_FILE, or start from a terminal.',
    })
  const { Decrypter, armor } = await import('age-encryption')
  const decrypter = new Decrypter()
  decrypter.addPassphrase(passphrase.reveal())
  try {
    const sealed = bytes.toString('latin1', 0, 5) === '-----' ? armor.decode(bytes.toString('latin1')) : bytes
    return await decrypter.decrypt(sealed, 'text')
  } catch {
    // Age does not tell a wrong passphrase from a damaged file.
    throw new SecretError('unauthenticated', {
      store,
      reason: `the passphrase does not open "${path}"`,
      hint: 'Try again.',
    })
  }
}

/** From the file that STANCH_PASSPHRASE_FILE names, else from a person. One final newline is not part of it. */
export async function readPassphrase(question: string, world: VaultWorld): Promise<Secret | undefined> {
  const file = world.env.STANCH_PASSPHRASE_FILE
  if (!file) return world.askPassphrase?.(question)
  try {
    return new Secret(readFileSync(file, 'utf8').replace(/\r?\n$/, ''))
  } catch {
    throw new UserError(`cannot read the passphrase file "${file}"`, 'Check STANCH_PASSPHRASE_FILE.')
  }
}

export function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
}
