/** The operations of Parameter Store that are used, with our errors. https://docs.aws.amazon.com/systems-manager/latest/APIReference */
import type { ParameterHistory } from '@aws-sdk/client-ssm'
import type { VaultSettings } from '../../settings/settings-schema.ts'
import type { VaultWorld } from '../vault.ts'
import { abortWith, awsClientSettings, loadSdk, makeQuietly } from './aws-client.ts'
import { fromAwsError } from './aws-error.ts'
import { SSM_BATCH } from './ssm-limits.ts'

export interface SsmParameter {
  Name?: string | undefined
  Value?: string | undefined
  Version?: number | undefined
  LastModifiedDate?: Date | undefined
}

export interface SsmPage {
  parameters: SsmParameter[]
  cursor: string | undefined
}

type Signal = AbortSignal | undefined

export interface SsmApi {
  /** @param selector `name`, `name:3` or `name:label` */
  getParameter(name: string, selector: string, signal: Signal): Promise<SsmParameter>
  /** Those that are there; at most ten names. */
  getParameters(names: readonly string[], signal: Signal): Promise<SsmParameter[]>
  /** All below a path that ends with a slash. A page may be empty and have a successor. */
  readPath(path: string, withValues: boolean, cursor: string | undefined, signal: Signal): Promise<SsmPage>
  /** Names without a hierarchy, found by what they start with. */
  search(prefix: string, cursor: string | undefined, signal: Signal): Promise<SsmPage>
  readHistory(name: string, signal: Signal): Promise<ParameterHistory[]>
  put(name: string, value: string, overwrite: boolean): Promise<number | undefined>
  remove(name: string): Promise<void>
}

export async function createSsmApi(
  settings: VaultSettings,
  store: string,
  world: VaultWorld,
): Promise<SsmApi> {
  const sdk = await loadSdk('@aws-sdk/client-ssm', () => import('@aws-sdk/client-ssm'))
  const client = makeQuietly(() => new sdk.SSMClient(awsClientSettings(settings, world)))
  const attempt = async <T>(names: readonly string[], work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      throw fromAwsError(error, { store, names })
    }
  }
  return {
    async getParameter(name, selector, signal) {
      const command = new sdk.GetParameterCommand({ Name: selector, WithDecryption: true })
      const { Parameter } = await attempt([name], () => client.send(command, abortWith(signal)))
      return { ...Parameter, Name: name }
    },
    async getParameters(names, signal) {
      const command = new sdk.GetParametersCommand({ Names: [...names], WithDecryption: true })
      return (await attempt(names, () => client.send(command, abortWith(signal)))).Parameters ?? []
    },
    async readPath(Path, WithDecryption, NextToken, signal) {
      const input = { Path, WithDecryption, NextToken, Recursive: true, MaxResults: SSM_BATCH }
      const command = new sdk.GetParametersByPathCommand(input)
      const page = await attempt([], () => client.send(command, abortWith(signal)))
      return { parameters: page.Parameters ?? [], cursor: page.NextToken }
    },
    async search(prefix, NextToken, signal) {
      const filters = [{ Key: 'Name', Option: 'BeginsWith', Values: [prefix] }]
      const input = { NextToken, MaxResults: 50, ...(prefix && { ParameterFilters: filters }) }
      const command = new sdk.DescribeParametersCommand(input)
      const page = await attempt([], () => client.send(command, abortWith(signal)))
      return { parameters: page.Parameters ?? [], cursor: page.NextToken }
    },
    async readHistory(Name, signal) {
      const versions: ParameterHistory[] = []
      let NextToken: string | undefined
      do {
        const command = new sdk.GetParameterHistoryCommand({ Name, NextToken, MaxResults: 50 })
        const page = await attempt([Name], () => client.send(command, abortWith(signal)))
        versions.push(...(page.Parameters ?? []))
        NextToken = page.NextToken
      } while (NextToken)
      return versions
    },
    async put(Name, Value, Overwrite) {
      const { tier: Tier, keyId: KeyId } = settings
      const command = new sdk.PutParameterCommand({
        Name,
        Value,
        Overwrite,
        Tier,
        KeyId,
        Type: 'SecureString',
      })
      return (await attempt([Name], () => client.send(command))).Version
    },
    async remove(Name) {
      await attempt([Name], () => client.send(new sdk.DeleteParameterCommand({ Name })))
    },
  }
}
