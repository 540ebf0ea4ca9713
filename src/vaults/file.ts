/** A folder with a file for each secret, as Docker, Kubernetes and systemd mount them. */
import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, unlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Secret } from '../model.ts'
import { writeFileAtomically } from '../system/write-file-atomically.ts'
import { getEach } from './get-each.ts'
import { SecretError, type SecretErrorKind } from './secret-error.ts'
import { type EntryInfo, StoredSecret, type Vault, type VaultLimits } from './vault.ts'

export interface FileOptions {
  store?: string | undefined
  directory: string
}

const limits: VaultLimits = {
  name: {
    // Names that begin with a dot are left alone: Kubernetes keeps its own links so.
    pattern: /^(?!.*(?:^|\/)\.)(?!\/)[^\0]*[^\0/]$/,
    maxLength: 255,
    caseSensitive: true,
    rule: 'a path below the folder, no part of which begins with a dot',
  },
  maxBytes: Number.POSITIVE_INFINITY,
  emptyAllowed: true,
  batch: Number.POSITIVE_INFINITY,
  conditionalPut: { ifAbsent: true, ifVersion: false },
  versions: false,
  readable: true,
}

export function createFileVault({ store = 'file', directory }: FileOptions): Vault {
  const fail = (kind: SecretErrorKind, name: string, reason?: string) =>
    new SecretError(kind, { store, names: [name], reason })
  const vault: Vault = {
    store,
    stage: undefined,
    limits: () => limits,
    address: (name: string) => name,
    async get(name, { version } = {}) {
      const path = pathOf(name)
      const { bytes, updated } = attempt(name, () => ({
        bytes: readFileSync(path),
        updated: statSync(path).mtime,
      }))
      if (version !== undefined && version !== 'current') throw fail('version-not-found', name)
      return new StoredSecret(decode(bytes, name), { name, store, created: updated })
    },
    getMany: (wanted, read) => getEach(vault, wanted, read),
    async page({ prefix = '' } = {}) {
      return { entries: filesBelow('').filter(({ name }) => name.startsWith(prefix)) }
    },
    async put(name: string, value: Secret, { ifAbsent, ifVersion } = {}) {
      const path = pathOf(name)
      if (ifVersion !== undefined) throw fail('conflict', name, 'files have no versions')
      attempt(name, () => {
        mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
        if (ifAbsent) createFile(path, value.reveal())
        else writeFileAtomically(path, value.reveal(), 0o600)
      })
      return { name }
    },
    async remove(name) {
      const path = pathOf(name)
      attempt(name, () => unlinkSync(path))
    },
  }
  return vault

  function pathOf(name: string): string {
    if (!limits.name.pattern.test(name) || name.length > limits.name.maxLength)
      throw fail('invalid-name', name, limits.name.rule)
    return join(directory, name)
  }

  function attempt<T>(name: string, work: () => T): T {
    try {
      return work()
    } catch (error) {
      throw fail(kindOf(error), name)
    }
  }

  function decode(bytes: Buffer, name: string): string {
    const text = bytes.toString('utf8')
    if (!Buffer.from(text).equals(bytes)) throw fail('decode', name, 'not UTF-8')
    return text
  }

  function filesBelow(folder: string): EntryInfo[] {
    return readFolder(join(directory, folder))
      .filter(name => !name.startsWith('.'))
      .sort()
      .flatMap(name => {
        const inner = folder === '' ? name : `${folder}/${name}`
        const stat = statSync(join(directory, inner), { throwIfNoEntry: false })
        if (stat?.isDirectory()) return filesBelow(inner)
        return stat?.isFile() ? [{ name: inner, updated: stat.mtime }] : []
      })
  }

  function readFolder(path: string): string[] {
    try {
      return readdirSync(path)
    } catch (error) {
      if (isCode(error, 'ENOENT')) return []
      throw new SecretError(kindOf(error), { store, reason: path })
    }
  }
}

/** Whole or not at all, and only where there is none: the link is refused where the name is taken. */
function createFile(path: string, text: string): void {
  const draft = join(dirname(path), `.stanch-${process.pid}-${Date.now()}`)
  writeFileAtomically(draft, text, 0o600)
  try {
    linkSync(draft, path)
  } finally {
    rmSync(draft, { force: true })
  }
}

function kindOf(error: unknown): SecretErrorKind {
  if (isCode(error, 'ENOENT', 'ENOTDIR', 'EISDIR')) return 'not-found'
  if (isCode(error, 'EACCES', 'EPERM', 'EROFS')) return 'access-denied'
  if (isCode(error, 'EEXIST')) return 'already-exists'
  if (isCode(error, 'ENOSPC', 'EIO', 'EMFILE', 'ENFILE', 'EDQUOT')) return 'unavailable'
  throw error
}

function isCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code))
}
