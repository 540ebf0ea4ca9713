import { printable } from '../../reporters/printable.ts'
import type { EntryInfo, Vault } from '../../vaults/vault.ts'
import type { Context } from '../context.ts'
import { writeText } from '../write-text.ts'
import type { VaultCommandOptions } from './options.ts'

/** What was done to one entry: a line for people on stderr, or JSON on stdout. */
export async function tellEntry(
  what: string,
  vault: Vault,
  { name, version }: EntryInfo,
  { format, quiet }: VaultCommandOptions,
  context: Context,
): Promise<void> {
  if (format === 'json') return writeText(context.stdout, `${JSON.stringify({ name, version }, null, 2)}\n`)
  if (quiet) return
  const at = version === undefined ? '' : ` (version ${version})`
  context.stderr.write(`${what} ${printable(vault.address(name))} in ${vault.store}${at}\n`)
}
