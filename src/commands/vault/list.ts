import { ExitCode } from '../../errors.ts'
import { printable } from '../../reporters/printable.ts'
import { allEntries } from '../../vaults/list-entries.ts'
import type { EntryInfo } from '../../vaults/vault.ts'
import type { Context } from '../context.ts'
import { openVault } from '../open-vault.ts'
import { writeText } from '../write-text.ts'
import type { VaultCommandOptions } from './options.ts'
import { toTable } from './to-table.ts'

export async function listVault(
  _args: readonly string[],
  options: VaultCommandOptions & { prefix?: string },
  context: Context,
): Promise<number> {
  const entries = await allEntries(await openVault(options, context), { prefix: options.prefix })
  const listed = entries.map(({ name, version, updated }) => ({
    name,
    version,
    updated: updated?.toISOString(),
  }))
  await writeText(
    context.stdout,
    options.format === 'json' ? `${JSON.stringify(listed, null, 2)}\n` : toTable(entries.map(toRow)),
  )
  return ExitCode.clean
}

function toRow({ name, version = '', updated }: EntryInfo): string[] {
  return [printable(name), version, updated?.toISOString() ?? '']
}
