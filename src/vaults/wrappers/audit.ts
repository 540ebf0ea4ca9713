import { SecretError } from '../secret-error.ts'
import type { StoredSecret, Vault } from '../vault.ts'
import { aroundCalls, type Call } from './around-calls.ts'

/** Who looked at what; never a value. */
export interface AuditEvent {
  at: Date
  store: string
  stage: string | undefined
  action: Call['action']
  names: readonly string[]
  /** Of each name: the version that was given or written, where the store has versions. */
  versions: readonly (string | undefined)[]
  outcome: 'done' | SecretError['kind']
}

/** Tells of every access, also of those that were refused. */
export function withAudit(inner: Vault, record: (event: AuditEvent) => void, now: () => Date): Vault {
  return aroundCalls(inner, async ({ action, wanted }, proceed) => {
    const tell = (
      names: readonly string[],
      versions: AuditEvent['versions'],
      outcome: AuditEvent['outcome'],
    ) => record({ at: now(), store: inner.store, stage: inner.stage, action, names, versions, outcome })
    const names = wanted.map(({ name }) => name)
    try {
      const result = await proceed()
      const listed = action === 'list' ? secretsIn(result) : undefined
      if (Array.isArray(result) && action === 'getMany') tellEach(result)
      else if (listed)
        tell(
          listed.map(({ name }) => name),
          listed.map(versionOf),
          'done',
        )
      else tell(names, action === 'get' || action === 'put' ? [versionOf(result)] : [], 'done')
      return result
    } catch (error) {
      if (error instanceof SecretError) tell(names, [], error.kind)
      throw error
    }

    function tellEach(results: readonly unknown[]): void {
      const given = results.flatMap((one, at) =>
        one instanceof SecretError ? [] : [{ one, name: names[at]! }],
      )
      if (given.length > 0)
        tell(
          given.map(({ name }) => name),
          given.map(({ one }) => versionOf(one)),
          'done',
        )
      for (const one of results) if (one instanceof SecretError) tell(one.names, [], one.kind)
    }
  })
}

/** A page that came with its values. */
function secretsIn(result: unknown): readonly StoredSecret[] | undefined {
  if (typeof result !== 'object' || result === null || !('secrets' in result)) return undefined
  return Array.isArray(result.secrets) ? result.secrets : undefined
}

function versionOf(result: unknown): string | undefined {
  if (typeof result !== 'object' || result === null || !('version' in result)) return undefined
  return typeof result.version === 'string' ? result.version : undefined
}
