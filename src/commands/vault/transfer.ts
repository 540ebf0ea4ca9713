import { ExitCode, UserError } from '../../errors.ts'
import type { Secret } from '../../model.ts'
import { printable } from '../../reporters/printable.ts'
import { applyTransfer } from '../../vaults/transfer/apply-transfer.ts'
import { type ConflictPolicy, planTransfer, type Transfer } from '../../vaults/transfer/plan-transfer.ts'
import type { Vault } from '../../vaults/vault.ts'
import { confirm } from '../confirm.ts'
import type { Context } from '../context.ts'
import { writeText } from '../write-text.ts'
import { demandAbility } from './demand-ability.ts'
import type { VaultCommandOptions } from './options.ts'
import { toTable } from './to-table.ts'

export interface TransferOptions extends VaultCommandOptions {
  onConflict: ConflictPolicy
  yes?: boolean
}

/** Shows what would be written where, asks, and writes. Nothing is written while one entry cannot be. */
export async function transferEntries(
  entries: ReadonlyMap<string, Secret>,
  opened: Vault,
  options: TransferOptions,
  context: Context,
): Promise<number> {
  const target = demandAbility(opened, 'put')
  const plan = await planTransfer(target, entries, options.onConflict)
  const show = options.format === 'json' ? writePlan(plan, target, context) : printPlan(plan, target, context)
  await show
  const failing = plan.filter(({ action }) => action === 'fail')
  if (failing.length > 0)
    throw new UserError(
      `${failing.length} of ${plan.length} entries cannot be written to ${target.store}; nothing was written`,
      'Say --on-conflict skip or overwrite for those that are there, or leave entries out.',
    )
  const writes = plan.filter(({ action }) => action === 'create' || action === 'overwrite')
  if (writes.length === 0) return ExitCode.clean
  if (!options.yes && !(await confirm(`Write ${writes.length} to ${target.store}?`, context)))
    throw new UserError('nothing was written', 'Say --yes to go ahead without a question.')
  await applyTransfer(target, plan, ({ name }) => {
    if (!options.quiet)
      context.stderr.write(`written ${printable(target.address(name))} in ${target.store}\n`)
  })
  return ExitCode.clean
}

async function printPlan(plan: readonly Transfer[], target: Vault, { stderr }: Context): Promise<void> {
  const rows = plan.map(({ name, action, reason }) => [
    action,
    printable(name),
    reason ?? `→ ${printable(target.address(name))}`,
  ])
  await writeText(stderr, toTable(rows))
}

async function writePlan(plan: readonly Transfer[], target: Vault, { stdout }: Context): Promise<void> {
  const listed = plan.map(({ name, action, reason }) => ({
    name,
    address: action === 'fail' ? undefined : target.address(name),
    action,
    reason,
  }))
  await writeText(stdout, `${JSON.stringify(listed, null, 2)}\n`)
}
