/** The public API. */
import { Readable } from 'node:stream'
import { loadSettings } from './commands/load-settings.ts'
import { findProject } from './commands/project.ts'
import { completeRequest, type GivenRequest } from './commands/scan/complete-request.ts'
import { runScan } from './commands/scan/run-scan.ts'
import type { Report } from './model.ts'

export { type OpenSecretsOptions, openSecrets } from './commands/open-secrets.ts'
export { UserError } from './errors.ts'
export type { Coverage, Finding, Place, Report, Severity, Skip, SkipReason, Span } from './model.ts'
export { Secret } from './model.ts'
export type { Requirement } from './vaults/requirement.ts'
export { SecretError, type SecretErrorKind } from './vaults/secret-error.ts'
export type { Secrets } from './vaults/secrets.ts'
export type { EntryInfo, VaultLimits, VersionInfo } from './vaults/vault.ts'
export { StoredSecret } from './vaults/vault.ts'
export type { AuditEvent } from './vaults/wrappers/audit.ts'

export interface ScanSettings
  extends Omit<GivenRequest, 'paths' | 'stdin' | 'stdinFilename' | 'patch' | 'staged'> {
  /** File or directory. */
  path: string
  /** What a relative path counts from; default is the process's own directory. */
  cwd?: string
}

/**
 * Scans a working tree and answers with the report, in which values are masked (`Secret`).
 * @throws UserError when the path cannot be read, or a rule file or the settings are wrong
 */
export async function scan({ path, cwd = process.cwd(), ...given }: ScanSettings): Promise<Report> {
  const { env } = process
  const settings = await loadSettings(findProject(cwd), { cwd, env })
  const request = completeRequest({ ...given, paths: [path] }, settings, cwd)
  return runScan(request, { cwd, env, now: () => new Date(), stdin: Readable.from([]) })
}
