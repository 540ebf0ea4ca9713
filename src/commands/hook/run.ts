import { ExitCode, UserError } from '../../errors.ts'
import { type HookType, hookTypes } from '../../hooks/hook-type.ts'
import type { Report } from '../../model.ts'
import type { Context } from '../context.ts'
import { loadSettings } from '../load-settings.ts'
import { findProject } from '../project.ts'
import { completeRequest } from '../scan/complete-request.ts'
import { exitCodeFor } from '../scan/exit-code.ts'
import { runScan } from '../scan/run-scan.ts'
import type { ScanRequest, SourceScan } from '../scan/scan-run.ts'
import { writeText } from '../write-text.ts'

/**
 * What the scripts call. Says nothing when all is well; the exit code tells git.
 * @param readListing gives what git showed of what is staged, where somebody has had it show that
 */
export async function runHook(
  type: string,
  args: readonly string[],
  context: Context,
  readListing?: () => Buffer,
): Promise<number> {
  if (!isHookType(type))
    throw new UserError(`"${type}" is no hook that is known`, `Known hooks: ${hookTypes.join(', ')}.`)
  if (context.env.STANCH_HOOK_CHECK) {
    await writeText(context.stdout, 'stanch hook: here\n')
    return ExitCode.clean
  }
  const project = findProject(context.cwd)
  const settings = await loadSettings(project, context)
  const staged =
    type === 'pre-commit' ? { staged: true, ...(readListing ? { listing: readListing() } : {}) } : {}
  const request = completeRequest({ paths: [], project, ...staged }, settings, context.cwd)
  const source = type === 'pre-commit' ? undefined : await openPush(type, args, context)
  if (type !== 'pre-commit' && !source) return ExitCode.clean
  return tell(await runScan(request, context, source), request, type, context)
}

async function openPush(
  type: HookType,
  args: readonly string[],
  context: Context,
): Promise<SourceScan | undefined> {
  const { openPushScan } = await import('./push-scan.ts')
  return openPushScan(type, args, context)
}

async function tell(report: Report, request: ScanRequest, type: HookType, context: Context): Promise<number> {
  const exitCode = exitCodeFor(report, request)
  const lost = report.coverage.skipped.filter(({ reason }) => reason !== 'excluded')
  if (exitCode === ExitCode.clean && lost.length === 0) return exitCode
  const { tellBlocked, tellSkipped } = await import('./tell-blocked.ts')
  if (lost.length > 0) tellSkipped(report, context)
  if (exitCode === ExitCode.findings) tellBlocked(report, type, context)
  return exitCode
}

function isHookType(name: string): name is HookType {
  return hookTypes.some(type => type === name)
}
