/** Everything that a thread needs to read from one repository of a registry: plain data, kept in memory only. */
export interface RegistryAccess {
  /** `https://registry.example:5000`. */
  origin: string
  repository: string
  credentials?: Credentials
  tls: RegistryTls
}

export type Credentials =
  | { username: string; password: string }
  /** What some logins leave instead of a password. */
  | { identityToken: string }

export interface RegistryTls {
  /** Certificates in PEM that are trusted besides the usual ones. */
  ca: string[]
  /** The client's own, in PEM. */
  cert?: string
  key?: string
}
