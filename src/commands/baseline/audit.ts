import type { Command } from 'commander'
import { ExitCode, UserError } from '../../errors.ts'
import type { BaselineEntry } from '../../findings/baseline/baseline.ts'
import { addToBaseline } from '../../findings/baseline/change-baseline.ts'
import type { Finding } from '../../model.ts'
import type { Judgement } from '../../tui/audit-state.ts'
import type { Context } from '../context.ts'
import { writeText } from '../write-text.ts'
import { toAuditItem } from './audit-item.ts'
import { openBaseline, writeBaseline } from './baseline-file.ts'
import { type BaselineOptions, scanForBaseline } from './scan-for-baseline.ts'

/**
 * Judges findings one by one on a screen: those of the baseline without a verdict, and those that are new. A verdict is
 * written at once, so that the audit can be left and gone on with.
 * @throws UserError without a terminal
 */
export async function auditBaseline(
  options: BaselineOptions,
  command: Command,
  context: Context,
): Promise<number> {
  if (!context.stdout.isTTY || !('isTTY' in context.stdin) || !context.stdin.isTTY)
    throw new UserError(
      'the audit needs a terminal',
      'Without one, add "verdict" and "reason" to the lines of the baseline.',
    )
  const file = openBaseline(options.baseline, context)
  const { report, project, source, today } = await scanForBaseline(options, command, context)
  let entries = file.entries ?? []
  const open = report.findings.filter(finding => isOpen(finding, entries))
  if (open.length === 0) {
    await writeText(context.stdout, 'Every finding has its verdict.\n')
    return ExitCode.clean
  }
  const items = open.map(finding => toAuditItem(finding, project.root, options.showSecrets === true))
  const { showAudit } = await import('../../tui/screens/show-audit.tsx')
  await showAudit(items, (fingerprint, judgement) => {
    const judged = open.filter(finding => finding.fingerprint === fingerprint)
    const added = addToBaseline(entries, judged, { source, today }).entries
    entries = added.map(entry =>
      entry.fingerprint === fingerprint ? withJudgement(entry, judgement) : entry,
    )
    writeBaseline(file, entries)
  })
  await writeText(context.stdout, `${file.name}: ${entries.length} accepted.\n`)
  return ExitCode.clean
}

/** Neither allowed elsewhere nor judged already. */
function isOpen({ state, fingerprint }: Finding, entries: readonly BaselineEntry[]): boolean {
  const entry = entries.find(known => known.fingerprint === fingerprint)
  return state === 'new' && entry?.verdict === undefined
}

function withJudgement(entry: BaselineEntry, { verdict, reason }: Judgement): BaselineEntry {
  const { reason: _before, ...rest } = entry
  return { ...rest, verdict, ...(reason === undefined ? {} : { reason }) }
}
