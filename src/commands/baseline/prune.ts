import type { Command } from 'commander'
import { ExitCode, UserError } from '../../errors.ts'
import { pruneBaseline } from '../../findings/baseline/change-baseline.ts'
import type { Context } from '../context.ts'
import { findProject } from '../project.ts'
import { writeText } from '../write-text.ts'
import { openExistingBaseline, writeBaseline } from './baseline-file.ts'
import { type BaselineOptions, scanForBaseline } from './scan-for-baseline.ts'

/** Takes out what is not found any more. @throws UserError after an incomplete scan: it might only not have been read. */
export async function pruneBaselineFile(
  options: BaselineOptions,
  command: Command,
  context: Context,
): Promise<number> {
  const file = openExistingBaseline(options.baseline, context)
  const { report, source } = await scanForBaseline(
    { ...options, paths: [findProject(context.cwd).root] },
    command,
    context,
  )
  if (!report.coverage.complete)
    throw new UserError(
      'the baseline was not pruned: not everything could be read',
      'Run "stanch scan" to see what, and mend it.',
    )
  const { entries, changed } = pruneBaseline(file.entries, report.findings, source)
  if (changed > 0) writeBaseline(file, entries)
  await writeText(context.stdout, `${file.name}: ${entries.length} accepted, ${changed} taken out.\n`)
  return ExitCode.clean
}
