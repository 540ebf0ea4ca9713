import { parse } from '../../dotenv/parse.ts'
import { ExitCode, UserError } from '../../errors.ts'
import { printable } from '../../reporters/printable.ts'
import { quoteValue } from '../../templates/quote-value.ts'
import { allEntries, allSecrets } from '../../vaults/list-entries.ts'
import type { EntryInfo, StoredSecret, Vault } from '../../vaults/vault.ts'
import { createKeyClassifier } from '../classify-keys.ts'
import type { Context } from '../context.ts'
import { readRotationDays } from '../env/facts/rotation-days.ts'
import { openVault } from '../open-vault.ts'
import { writeText } from '../write-text.ts'
import type { VaultCommandOptions } from './options.ts'
import { toTable } from './to-table.ts'

const DAY_MS = 86_400_000
const quotes = { none: '', single: "'", double: '"', backtick: '`' }

/** Entries that are older than their provider wants, or than `--max-age` where the provider is not known. */
export async function listStale(
  _args: readonly string[],
  { maxAge, ...options }: VaultCommandOptions & { maxAge: string },
  context: Context,
): Promise<number> {
  const usual = Number(maxAge)
  if (!(usual > 0))
    throw new UserError(`"${maxAge}" is no number of days`, 'Give --max-age a number, such as 90.')
  const vault = await openVault(options, context)
  const providers = vault.limits().readable ? await findProviders(await allSecrets(vault)) : new Map()
  const days = await readRotationDays(providers.values())
  const stale = []
  for (const entry of await allEntries(vault)) {
    const updated = entry.updated ?? (await lastWritten(vault, entry))
    const provider = providers.get(entry.name)
    const period = days.get(provider ?? '') ?? usual
    const age = updated && Math.floor((context.now().getTime() - updated.getTime()) / DAY_MS)
    if (age !== undefined && age > period)
      stale.push({
        name: entry.name,
        updated: updated?.toISOString(),
        ageDays: age,
        periodDays: period,
        provider,
      })
  }
  const rows = stale.map(one => [
    printable(one.name),
    `${one.ageDays} days`,
    `of ${one.periodDays}`,
    one.provider ?? '',
  ])
  await writeText(
    context.stdout,
    options.format === 'json' ? `${JSON.stringify(stale, null, 2)}\n` : toTable(rows),
  )
  return stale.length > 0 ? ExitCode.findings : ExitCode.clean
}

async function lastWritten(vault: Vault, { name }: EntryInfo): Promise<Date | undefined> {
  return (await vault.history?.(name))?.find(({ current }) => current)?.created
}

/** Who issued the values, as the scanner's rules see it. */
async function findProviders(secrets: readonly StoredSecret[]): Promise<Map<string, string>> {
  const lines = secrets.flatMap(({ name }, at) => {
    const quoted = quoteValue(secrets[at]!.reveal())
    return quoted
      ? [{ name, text: `K${at}=${quotes[quoted.quote]}${quoted.text}${quotes[quoted.quote]}\n` }]
      : []
  })
  const classify = createKeyClassifier()
  const classified = classify(parse(Buffer.from(lines.map(({ text }) => text).join(''))))
  return new Map(
    classified.flatMap(({ key, classification: { provider } }) => {
      const name = secrets[Number(key.slice(1))]?.name
      return provider && name !== undefined ? [[name, provider] as const] : []
    }),
  )
}
