/** What tells which files packages brought, and what is in them. */
export interface PackageDatabase {
  /** Of the digests that it holds. */
  algorithm: 'md5' | 'sha256'
  /** How it writes them. */
  writing: 'base64url' | 'hex'
  /** Where packages bring files to; digests are not worth their time elsewhere. */
  folders: RegExp
  /** Whether a secret of this provider is the world's where the file is as a published package brought it. */
  covers(provider: string, path: string): boolean
  isPart(path: string): boolean
  read(path: string, text: string, record: PackageRecord): void
}

export interface PackageRecord {
  /** The package brought this file; the digest is in the database's own writing. */
  file(name: string, path: string, digest: string): void
  /** All the world can have this package. */
  published(name: string): void
  /** It was made here, whatever else is said of it. */
  local(name: string): void
}
