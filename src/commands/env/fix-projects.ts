import { UserError } from '../../errors.ts'
import { describeRepair, planRepairs, type Repair } from '../../hygiene/repair.ts'
import { printable } from '../../reporters/printable.ts'
import { confirm } from '../confirm.ts'
import type { Context } from '../context.ts'
import { writeText } from '../write-text.ts'
import { applyRepair } from './apply-repair.ts'
import type { CheckedProject, EnvRequest } from './check-projects.ts'
import { toldProblems } from './report/told-problems.ts'

/**
 * Shows what it would do on standard error, asks, and does it. Says whether it did something.
 * @throws UserError where nobody can be asked
 */
export async function fixProjects(
  projects: readonly CheckedProject[],
  { yes, quiet, all }: EnvRequest,
  context: Context,
): Promise<boolean> {
  const plans = projects.map(({ root, problems }) => ({
    root,
    repairs: planRepairs(toldProblems({ problems, tellsAll: all ?? false })),
  }))
  const repairs = plans.flatMap(plan => plan.repairs)
  if (repairs.length === 0) {
    if (!quiet) await writeText(context.stderr, 'stanch: there is nothing that can be mended safely\n')
    return false
  }
  if (!yes || !quiet) await writeText(context.stderr, describePlan(repairs))
  if (!yes && !(await confirm('Do this?', context))) {
    if (context.stdout.isTTY) return false
    throw new UserError('nothing was changed, because nobody could be asked', 'Add --yes to do it.')
  }
  for (const plan of plans) for (const repair of plan.repairs) await applyRepair(plan.root, repair)
  return true
}

function describePlan(repairs: readonly Repair[]): string {
  return `stanch: to be done:\n${repairs.map(repair => `  ${printable(describeRepair(repair))}\n`).join('')}`
}
