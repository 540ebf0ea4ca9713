import { createNameFilter } from '../../launch/name-globs.ts'
import { allSecrets } from '../../vaults/list-entries.ts'
import type { Context } from '../context.ts'
import { loadSettings } from '../load-settings.ts'
import { openVault } from '../open-vault.ts'
import { findProject } from '../project.ts'
import { readPlace } from './read-place.ts'
import { type TransferOptions, transferEntries } from './transfer.ts'

export interface CopyOptions extends TransferOptions {
  from: string
  to: string
  only?: string
  except?: string
}

/** From one stage to the next, or from one store to another. */
export async function copyEntries(
  _args: readonly string[],
  { from, to, only, except, ...options }: CopyOptions,
  context: Context,
): Promise<number> {
  const { cwd, env } = context
  const settings = (await loadSettings(findProject(cwd), { cwd, env, config: options.config }))?.settings
  const source = await openVault({ ...options, ...readPlace(from, settings) }, context)
  const target = await openVault({ ...options, ...readPlace(to, settings) }, context)
  const isWanted = createNameFilter({ only: only?.split(','), except: except?.split(',') })
  const secrets = (await allSecrets(source)).filter(({ name }) => isWanted(name))
  const entries = new Map(secrets.map(secret => [secret.name, secret]))
  return transferEntries(entries, target, options, context)
}
