import { resolve } from 'node:path'
import { collectFindings, type PlacedMatch } from '../../findings/collect-findings.ts'
import { nameMatches } from '../../findings/name-matches.ts'
import { readCommitAllowlists } from '../../findings/suppressions/gitleaks-commits.ts'
import { suppressMatches } from '../../findings/suppressions/suppress-matches.ts'
import type { Suppression } from '../../findings/suppressions/suppression.ts'
import type { Finding, SourceKind } from '../../model.ts'
import type { Program } from '../../program.ts'
import { loadSuppressions } from './load-suppressions.ts'
import type { ScanRequest, ScanRun } from './scan-run.ts'

export interface SettledFindings {
  findings: Finding[]
  unused: string[]
  expired: string[]
}

/** Matches → findings, of which what the project has suppressed is marked. */
export async function settleMatches(
  matches: readonly PlacedMatch[],
  program: Program,
  source: SourceKind,
  { request, context, project }: Pick<ScanRun, 'request' | 'context' | 'project'>,
): Promise<SettledFindings> {
  const named = nameMatches(matches, program)
  const suppressions: Suppression[] = await loadSuppressions(project, context.cwd, request)
  if (request.gitleaksConfig)
    suppressions.push(...readCommitAllowlists(request.gitleaksConfig.name, program.rules))
  const today = context.now().toISOString().slice(0, 10)
  const judged = suppressMatches(named, suppressions, program, { source, today })
  return {
    findings: collectFindings(judged.matches, program),
    unused: isWhole(request, source, project.root, context.cwd) ? judged.unused : [],
    expired: judged.expired,
  }
}

/** Only a scan of everything can tell that a suppression is needed no more. */
function isWhole(request: ScanRequest, source: SourceKind, root: string, cwd: string): boolean {
  const { paths, include, exclude, only, skip, minSeverity, defaultRules } = request
  if (source !== 'worktree' && source !== 'history') return false
  const { range, since, branch, reachableOnly, incremental } = request
  if ([range, since, branch, reachableOnly, incremental].some(Boolean)) return false
  const targets = paths.length ? paths : ['.']
  return (
    targets.some(path => resolve(cwd, path) === root) &&
    [include, exclude, only, skip].every(list => list.length === 0) &&
    minSeverity === 'low' &&
    defaultRules
  )
}
