/**
 * The local vault: one age file, in age's text form, so that it can be committed and read with the age program.
 * What is encrypted is JSON: the recipients to encrypt to, and for each address all its versions, oldest first.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import type { MemoryVersion } from '../memory.ts'
import { SecretError } from '../secret-error.ts'
import { isAbsent } from './identity.ts'
import { openAge } from './open-age.ts'

export interface VaultContent {
  /** `age1…`, all who can read. */
  recipients: readonly string[]
  entries: Map<string, MemoryVersion[]>
}

interface Stored {
  format: string
  recipients: string[]
  entries: Record<string, { value: string; version: number; created: string }[]>
}

const FORMAT = 'stanch.vault/1'

/** @throws SecretError `unavailable` where there is none, `unauthenticated` where the identities do not fit */
export async function readVaultFile(
  path: string,
  identities: readonly string[],
  store: string,
): Promise<VaultContent> {
  const file = readFile(path, store)
  const plain = openAge(unarmored(file), identities) ?? (await openWithLibrary(file, identities, path, store))
  return parseContent(plain, path, store)
}

/** The library knows all kinds of identities, and says what is wrong. */
async function openWithLibrary(
  file: Buffer,
  identities: readonly string[],
  path: string,
  store: string,
): Promise<string> {
  const { Decrypter, armor } = await import('age-encryption')
  const decrypter = new Decrypter()
  try {
    for (const identity of identities) decrypter.addIdentity(identity)
    const sealed = isArmored(file) ? armor.decode(file.toString('latin1')) : file
    return await decrypter.decrypt(sealed, 'text')
  } catch (error) {
    throw whyNotOpened(error, path, store)
  }
}

function isArmored(file: Buffer): boolean {
  return file.toString('latin1', 0, 5) === '-----'
}

function unarmored(file: Buffer): Buffer {
  if (!isArmored(file)) return file
  return Buffer.from(file.toString('latin1').replace(/-----[^\n]*-----/g, ''), 'base64')
}

/** @throws SecretError `unavailable`, with the way to make one */
export function demandVaultFile(path: string, store: string): void {
  if (!existsSync(path)) throw noVaultFile(path, store)
}

export function noVaultFile(path: string, store: string): SecretError {
  return new SecretError('unavailable', {
    store,
    reason: `there is no "${path}"`,
    retryable: false,
    hint: 'Run "stanch vault init" to make it.',
  })
}

function readFile(path: string, store: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    if (isAbsent(error)) throw noVaultFile(path, store)
    throw new SecretError('access-denied', {
      store,
      reason: `"${path}" cannot be read`,
      hint: 'Check who owns the file.',
    })
  }
}

function whyNotOpened(error: unknown, path: string, store: string): SecretError {
  const isOther = error instanceof Error && error.message.includes('no identity matched')
  return isOther
    ? new SecretError('unauthenticated', {
        store,
        reason: `"${path}" is not encrypted to this identity`,
        hint: 'Give the right one with STANCH_IDENTITY_FILE, or have one who can read it add your recipient.',
      })
    : new SecretError('decode', {
        store,
        reason: `"${path}" is damaged or no age file`,
        hint: 'Take it from a backup.',
      })
}

function parseContent(plain: string, path: string, store: string): VaultContent {
  const { format, recipients, entries }: Partial<Stored> = parseJson(plain)
  if (format !== FORMAT || !Array.isArray(recipients) || !entries)
    throw new SecretError('decode', {
      store,
      reason: `what "${path}" holds is no vault of this version`,
      hint: 'It may be of a newer stanch, or an age file of something else.',
    })
  return {
    recipients,
    entries: new Map(Object.entries(entries).map(([name, list]) => [name, list.map(revive)])),
  }
}

function parseJson(plain: string): Partial<Stored> {
  try {
    return JSON.parse(plain)
  } catch {
    // Not ours; the error would quote it.
    return {}
  }
}

function revive({
  value,
  version,
  created,
}: {
  value: string
  version: number
  created: string
}): MemoryVersion {
  return { value, version, created: new Date(created) }
}

/** Old or new, whatever happens meanwhile. Only one process at a time may call it. */
export async function writeVaultFile(path: string, { recipients, entries }: VaultContent): Promise<void> {
  const { Encrypter, armor } = await import('age-encryption')
  const encrypter = new Encrypter()
  for (const recipient of recipients) encrypter.addRecipient(recipient)
  const plain = JSON.stringify({ format: FORMAT, recipients, entries: Object.fromEntries(entries) })
  replaceFile(followLink(path), armor.encode(await encrypter.encrypt(plain)))
}

function followLink(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    // Not there yet.
    return path
  }
}

/** The draft's name is always the same: whoever was killed while writing leaves nothing that stays. */
function replaceFile(path: string, text: string): void {
  const draft = `${path}.new`
  const file = openSync(draft, 'w', 0o600)
  try {
    writeFileSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(draft, path)
  syncFolder(dirname(path))
}

/** The new name lasts only when the folder is written, too. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
