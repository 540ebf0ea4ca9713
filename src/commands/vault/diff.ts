import { createHmac, randomBytes } from 'node:crypto'
import { ExitCode } from '../../errors.ts'
import { printable } from '../../reporters/printable.ts'
import { allSecrets } from '../../vaults/list-entries.ts'
import type { Context } from '../context.ts'
import { openVault } from '../open-vault.ts'
import { writeText } from '../write-text.ts'
import type { VaultCommandOptions } from './options.ts'
import { toTable } from './to-table.ts'

/** Which entries are the same in which stages. Values are told apart by a hash whose key is forgotten at the end. */
export async function diffStages(
  _args: readonly string[],
  { stages, ...options }: VaultCommandOptions & { stages: string },
  context: Context,
): Promise<number> {
  const names = stages.split(',').filter(Boolean)
  const key = randomBytes(32)
  const hash = (value: string) => createHmac('sha256', key).update(value).digest('hex').slice(0, 8)
  const columns = await Promise.all(
    names.map(async stage => {
      const secrets = await allSecrets(await openVault({ ...options, stage }, context))
      return new Map(secrets.map(secret => [secret.name, hash(secret.reveal())]))
    }),
  )
  const rows = [...new Set(columns.flatMap(column => [...column.keys()]))].sort().map(name => {
    const hashes = columns.map(column => column.get(name) ?? null)
    return { name, hashes, same: new Set(hashes).size === 1 }
  })
  const json = rows.map(({ name, hashes, same }) => ({
    name,
    stages: Object.fromEntries(names.map((stage, at) => [stage, hashes[at]])),
    same,
  }))
  const table = [
    ['', ...names, ''],
    ...rows.map(({ name, hashes, same }) => [
      printable(name),
      ...hashes.map(one => one ?? '-'),
      same ? 'same' : hashes.includes(null) ? 'missing' : 'different',
    ]),
  ]
  await writeText(
    context.stdout,
    options.format === 'json' ? `${JSON.stringify(json, null, 2)}\n` : toTable(table),
  )
  return ExitCode.clean
}
