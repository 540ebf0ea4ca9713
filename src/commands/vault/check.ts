import { randomBytes } from 'node:crypto'
import { ExitCode } from '../../errors.ts'
import { Secret } from '../../model.ts'
import { outcomeOf } from '../../vaults/get-each.ts'
import { SecretError } from '../../vaults/secret-error.ts'
import type { Vault } from '../../vaults/vault.ts'
import type { Context } from '../context.ts'
import { openVault } from '../open-vault.ts'
import { writeText } from '../write-text.ts'
import { knownStages } from './known-stages.ts'
import type { VaultCommandOptions } from './options.ts'
import { toTable } from './to-table.ts'

type Right = 'list' | 'write' | 'read' | 'history' | 'delete'
const rights: readonly Right[] = ['list', 'write', 'read', 'history', 'delete']

/** `ok`, `-` for what the store has not, else why not. */
type Findings = Record<Right, string>

/** Proves in each stage, with an entry that is made for it and taken away again, what these credentials may do. */
export async function checkRights(
  _args: readonly string[],
  options: VaultCommandOptions & { write: boolean },
  context: Context,
): Promise<number> {
  const stages = options.stage === undefined ? await knownStages(options, context) : [options.stage]
  const found: { stage: string; findings: Findings }[] = []
  for (const stage of stages) {
    const vault = await openVault({ ...options, stage }, context)
    found.push({ stage, findings: await tryRights(vault, options.write) })
  }
  const json = found.map(({ stage, findings }) => ({ stage, ...findings }))
  const table = [
    ['', ...rights],
    ...found.map(({ stage, findings }) => [stage, ...rights.map(right => findings[right])]),
  ]
  await writeText(
    context.stdout,
    options.format === 'json' ? `${JSON.stringify(json, null, 2)}\n` : toTable(table),
  )
  const isFine = found.every(({ findings }) => rights.every(right => /^(?:ok|-)$/.test(findings[right])))
  return isFine ? ExitCode.clean : ExitCode.findings
}

async function tryRights(vault: Vault, write: boolean): Promise<Findings> {
  const name = `STANCH_CANARY_${randomBytes(6).toString('hex').toUpperCase()}`
  const value = new Secret(randomBytes(12).toString('hex'))
  const { put, remove, history } = vault
  const { readable } = vault.limits()
  const list = await verdict(vault.page())
  const written = put && write ? await verdict(put.call(vault, name, value, { ifAbsent: true })) : '-'
  const wasWritten = written === 'ok'
  const read = !readable
    ? '-'
    : wasWritten
      ? await verdict(
          vault.get(name).then(got => (got.equals(value) ? undefined : Promise.reject(different(vault)))),
        )
      : await verdict(vault.get(name), 'not-found')
  const past = history ? await verdict(history.call(vault, name), wasWritten ? undefined : 'not-found') : '-'
  const removed = remove && wasWritten ? await verdict(remove.call(vault, name)) : '-'
  return { list, write: written, read, history: past, delete: removed }
}

/** To be told that something is not there takes the right to look. */
async function verdict(work: Promise<unknown>, expected?: SecretError['kind']): Promise<string> {
  const outcome = await outcomeOf(work)
  return outcome instanceof SecretError && outcome.kind !== expected ? outcome.kind : 'ok'
}

function different({ store }: Vault): SecretError {
  return new SecretError('decode', { store, reason: 'another value came back' })
}
