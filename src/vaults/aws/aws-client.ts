import { UserError } from '../../errors.ts'
import type { VaultSettings } from '../../settings/settings-schema.ts'
import type { VaultWorld } from '../vault.ts'

/**
 * What every client of the AWS SDK is made with. Credentials come as the SDK finds them: environment, profile, role.
 * Patience is ours (`withRetry`), so the SDK tries once.
 */
export function awsClientSettings({ region, profile, endpoint }: VaultSettings, { env }: VaultWorld) {
  const where = region ?? env.AWS_REGION ?? env.AWS_DEFAULT_REGION
  return {
    maxAttempts: 1,
    ...(where === undefined ? {} : { region: where }),
    ...(profile === undefined ? {} : { profile }),
    ...(endpoint === undefined ? {} : { endpoint }),
  }
}

const QUIET = 'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'

/** Without what the SDK says on stderr about versions of 2027, and without a trace of that in our environment. */
export function makeQuietly<T>(make: () => T): T {
  if (process.env[QUIET] !== undefined) return make()
  process.env[QUIET] = 'true'
  try {
    return make()
  } finally {
    delete process.env[QUIET]
  }
}

/** @throws UserError where the package is not installed */
export async function loadSdk<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')
      throw new UserError(`${name} is not installed`, `Run "npm install ${name}" where stanch is installed.`)
    throw error
  }
}

export function abortWith(signal: AbortSignal | undefined): { abortSignal?: AbortSignal } {
  return signal ? { abortSignal: signal } : {}
}
