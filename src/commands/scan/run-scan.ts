import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { CoverageTally } from '../../coverage.ts'
import type { PlacedMatch } from '../../findings/collect-findings.ts'
import { compileKernel } from '../../kernel/load-kernel.ts'
import type { Finding, FindingState, Report, SourceKind } from '../../model.ts'
import type { Program } from '../../program.ts'
import { readBuilt } from '../../system/assets.ts'
import { monotonicMs } from '../../system/clock.ts'
import { letYoungGenerationGrow } from '../../system/young-generation.ts'
import { version } from '../../version.ts'
import { findProject, type Project } from '../project.ts'
import { createContentScanner } from './content-scanner.ts'
import { loadRules } from './load-rules.ts'
import { makeKernel } from './make-kernel.ts'
import type { ScanContext, ScanRequest, ScanRun, SourceScan } from './scan-run.ts'
import type { SettledFindings } from './settle-matches.ts'

/**
 * Plans, reads, searches and collects: the whole scan up to the report.
 * @param source another source than the request's
 */
export async function runScan(
  given: ScanRequest,
  context: ScanContext,
  scanSource?: SourceScan,
): Promise<Report> {
  const started = context.now()
  const clock = monotonicMs()
  const project = given.project ?? findProject(context.cwd)
  const request = { ...given, ...findGitleaksConfig(given, project, context.cwd) }
  const rules = await loadRules(request)
  const { program, notes } = rules
  for (const note of notes) context.warn?.(note)
  const module = compileKernel(readBuilt('search.wasm'))
  const kernel = makeKernel(rules, module)
  const coverage = new CoverageTally()
  const matches: PlacedMatch[] = []
  const last: (() => void)[] = []
  const run: ScanRun = {
    request,
    context,
    project,
    rules,
    module,
    kernel,
    coverage,
    scanContent: createContentScanner(program, kernel, request, coverage),
    add: more => matches.push(...more),
    afterReport: context.afterReport ?? (act => void last.push(act)),
  }
  const source = await (scanSource ?? (await loadSource(request)))(run)
  const { findings, unused, expired } = await settle(matches, program, source.kind, run)
  for (const act of last) act()
  return {
    tool: { name: 'stanch', version, rules: { count: program.rules.length, hash: program.hash } },
    source,
    started: started.toISOString(),
    durationMs: Math.round(monotonicMs() - clock),
    coverage: coverage.result(),
    suppressions: {
      ...countAllowed(findings),
      baseline: countState(findings, 'baseline'),
      unused,
      expired,
    },
    findings: request.all ? findings : findings.filter(({ state }) => state === 'new'),
  }
}

/** Read where there are no settings of our own. */
function findGitleaksConfig(
  { settings }: ScanRequest,
  { root }: Project,
  cwd: string,
): Pick<ScanRequest, 'gitleaksConfig'> {
  if (settings) return {}
  const name = ['.betterleaks.toml', '.gitleaks.toml'].find(file => existsSync(join(root, file)))
  return name === undefined ? {} : { gitleaksConfig: { root, name, cwd } }
}

/** Where nothing was found, only a scan of everything has something to say about suppressions. */
async function settle(
  matches: readonly PlacedMatch[],
  program: Program,
  source: SourceKind,
  run: ScanRun,
): Promise<SettledFindings> {
  if (matches.length === 0 && source !== 'worktree' && source !== 'history')
    return { findings: [], unused: [], expired: [] }
  const { settleMatches } = await import('./settle-matches.ts')
  return settleMatches(matches, program, source, run)
}

/** Only what this scan needs is loaded: the git hook counts every millisecond. */
async function loadSource({
  stdin,
  staged,
  history,
  patch,
  archive,
  image,
}: ScanRequest): Promise<SourceScan> {
  // Only where much is kept: the git hook need not load a module for it.
  if (history || archive !== undefined || image !== undefined) letYoungGenerationGrow(true)
  if (stdin) return (await import('./scan-stdin.ts')).scanStdin
  if (staged) return (await import('./scan-staged.ts')).scanStaged
  if (history) return (await import('./scan-history.ts')).scanHistory
  if (patch !== undefined) return (await import('./scan-patch.ts')).scanPatch
  if (archive !== undefined) return (await import('./scan-archive.ts')).scanArchive
  if (image !== undefined) return (await import('./image/scan-image.ts')).scanImage
  return (await import('./scan-worktree.ts')).scanWorktree
}

/** Those of an image's published packages apart: nobody has allowed them. */
function countAllowed(findings: readonly Finding[]): { allowed: number; published?: number } {
  const isPublished = ({ state, places }: Finding) =>
    state === 'allowed' && places.every(place => place.kind === 'layer' && place.published)
  const published = findings.filter(isPublished).length
  return { allowed: countState(findings, 'allowed') - published, ...(published ? { published } : {}) }
}

function countState(findings: readonly Finding[], state: FindingState): number {
  return findings.filter(finding => finding.state === state).length
}
