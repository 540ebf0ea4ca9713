import { ExitCode } from '../../errors.ts'
import type { Context } from '../context.ts'
import { openVault } from '../open-vault.ts'
import { writeText } from '../write-text.ts'
import { demandAbility } from './demand-ability.ts'
import type { VaultCommandOptions } from './options.ts'
import { toTable } from './to-table.ts'

export async function showHistory(
  [key = '']: readonly string[],
  options: VaultCommandOptions,
  context: Context,
): Promise<number> {
  const versions = await demandAbility(await openVault(options, context), 'history').history(key)
  const listed = versions.map(({ version, created, current, labels }) => ({
    version,
    created: created?.toISOString(),
    current,
    labels,
  }))
  const rows = listed.map(one => [
    one.version,
    one.created ?? '',
    [...(one.current ? ['current'] : []), ...one.labels].join(' '),
  ])
  await writeText(
    context.stdout,
    options.format === 'json' ? `${JSON.stringify(listed, null, 2)}\n` : toTable(rows),
  )
  return ExitCode.clean
}
