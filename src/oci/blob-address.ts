import type { RegistryAccess } from './registry/access.ts'

/** Where the bytes of a blob lie: plain data, so that any thread can open it. */
export type BlobAddress =
  /** A stretch of a file; without an end all of it. */
  | { kind: 'file'; path: string; start: number; end?: number }
  | { kind: 'registry'; access: RegistryAccess; digest: string; size: number }
  | { kind: 'memory'; bytes: Uint8Array }
  /** It passed by in a stream that is over, under this name. */
  | { kind: 'passed'; name: string }
