/** The operations of Secrets Manager that are used, with our errors. https://docs.aws.amazon.com/secretsmanager/latest/apireference */
import type {
  APIErrorType,
  SecretListEntry,
  SecretValueEntry,
  SecretVersionsListEntry,
} from '@aws-sdk/client-secrets-manager'
import type { VaultSettings } from '../../settings/settings-schema.ts'
import type { VaultWorld } from '../vault.ts'
import { abortWith, awsClientSettings, loadSdk, makeQuietly } from './aws-client.ts'
import { fromAwsError } from './aws-error.ts'

export interface SmValue {
  Name?: string | undefined
  SecretString?: string | undefined
  SecretBinary?: Uint8Array | undefined
  VersionId?: string | undefined
  CreatedDate?: Date | undefined
}

/** Which version: an id, a label, or neither for the current one. */
export interface SmSelector {
  VersionId?: string
  VersionStage?: string
}

type Signal = AbortSignal | undefined

export interface SmApi {
  getValue(name: string, selector: SmSelector, signal: Signal): Promise<SmValue>
  /** At most twenty, in their current versions. */
  getValues(
    names: readonly string[],
    signal: Signal,
  ): Promise<{ values: SecretValueEntry[]; errors: APIErrorType[] }>
  /** A page may be empty and have a successor. Takes no notice of case. */
  list(
    prefix: string,
    cursor: string | undefined,
    signal: Signal,
  ): Promise<{ entries: SecretListEntry[]; cursor: string | undefined }>
  listVersions(name: string, signal: Signal): Promise<SecretVersionsListEntry[]>
  /** For its error where there is no such secret. */
  describe(name: string): Promise<unknown>
  create(name: string, value: string): Promise<string | undefined>
  addVersion(name: string, value: string): Promise<string | undefined>
  remove(name: string): Promise<void>
  restore(name: string): Promise<void>
}

const SDK = '@aws-sdk/client-secrets-manager'

export async function createSmApi(settings: VaultSettings, store: string, world: VaultWorld): Promise<SmApi> {
  const sdk = await loadSdk(SDK, () => import('@aws-sdk/client-secrets-manager'))
  const client = makeQuietly(() => new sdk.SecretsManagerClient(awsClientSettings(settings, world)))
  const attempt = async <T>(names: readonly string[], work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      throw fromAwsError(error, { store, names })
    }
  }
  return {
    async getValue(name, selector, signal) {
      const command = new sdk.GetSecretValueCommand({ SecretId: name, ...selector })
      return { ...(await attempt([name], () => client.send(command, abortWith(signal)))), Name: name }
    },
    async getValues(names, signal) {
      const command = new sdk.BatchGetSecretValueCommand({ SecretIdList: [...names] })
      const { SecretValues, Errors } = await attempt(names, () => client.send(command, abortWith(signal)))
      return { values: SecretValues ?? [], errors: Errors ?? [] }
    },
    async list(prefix, NextToken, signal) {
      const filters = [{ Key: 'name' as const, Values: [prefix] }]
      const command = new sdk.ListSecretsCommand({
        MaxResults: 100,
        NextToken,
        ...(prefix && { Filters: filters }),
      })
      const page = await attempt([], () => client.send(command, abortWith(signal)))
      return { entries: page.SecretList ?? [], cursor: page.NextToken }
    },
    async listVersions(SecretId, signal) {
      const versions: SecretVersionsListEntry[] = []
      let NextToken: string | undefined
      do {
        const input = { SecretId, NextToken, MaxResults: 100, IncludeDeprecated: true }
        const command = new sdk.ListSecretVersionIdsCommand(input)
        const page = await attempt([SecretId], () => client.send(command, abortWith(signal)))
        versions.push(...(page.Versions ?? []))
        NextToken = page.NextToken
      } while (NextToken)
      return versions
    },
    describe: SecretId => attempt([SecretId], () => client.send(new sdk.DescribeSecretCommand({ SecretId }))),
    async create(Name, SecretString) {
      const command = new sdk.CreateSecretCommand({ Name, SecretString, KmsKeyId: settings.keyId })
      return (await attempt([Name], () => client.send(command))).VersionId
    },
    async addVersion(SecretId, SecretString) {
      const command = new sdk.PutSecretValueCommand({ SecretId, SecretString })
      return (await attempt([SecretId], () => client.send(command))).VersionId
    },
    async remove(SecretId) {
      const RecoveryWindowInDays = settings.recoveryDays ?? 30
      const command = new sdk.DeleteSecretCommand({ SecretId, RecoveryWindowInDays })
      await attempt([SecretId], () => client.send(command))
    },
    async restore(SecretId) {
      await attempt([SecretId], () => client.send(new sdk.RestoreSecretCommand({ SecretId })))
    },
  }
}
