import type { Sighting } from '../../../hygiene/facts.ts'
import { allSecrets } from '../../../vaults/list-entries.ts'
import type { Context } from '../../context.ts'
import { loadSettings } from '../../load-settings.ts'
import { openVault } from '../../open-vault.ts'
import { findProject } from '../../project.ts'
import { readPlace } from '../../vault/read-place.ts'

interface VaultRequest {
  /** `VAULT` or `VAULT:STAGE`, as for `stanch vault copy`. */
  places: readonly string[]
  /** Stages that are asked for where neither the place nor the settings name any. */
  stages: readonly string[]
  config?: string | undefined
}

/**
 * Values in use that vaults hold, too. Stores are asked only because somebody named them, and what they answer stays in memory.
 * @throws UserError for a vault or stage that is not known
 * @throws SecretError for one that cannot be read
 */
export async function findInVaults(
  { places, stages, config }: VaultRequest,
  values: ReadonlyMap<string, string>,
  context: Context,
): Promise<Sighting[]> {
  const { cwd, env } = context
  const settings = (await loadSettings(findProject(cwd), { cwd, env, config }))?.settings
  const digests = new Map([...values].map(([digest, value]) => [value, digest]))
  const found: Sighting[] = []
  for (const place of places) {
    const { vault, stage } = readPlace(place, settings)
    for (const asked of stage === undefined ? (settings?.stages.names ?? stages) : [stage]) {
      const secrets = await allSecrets(await openVault({ vault, stage: asked, config }, context))
      for (const secret of secrets) {
        const digest = digests.get(secret.reveal())
        if (digest !== undefined)
          found.push({ kind: 'vault', path: `vault ${vault} (stage ${asked})`, key: secret.name, digest })
      }
    }
  }
  return found
}
