import { minimatch } from 'minimatch'
import { CoverageTally } from '../../coverage.ts'
import { collectFindings, type PlacedMatch } from '../../findings/collect-findings.ts'
import { loadKernel } from '../../kernel/load-kernel.ts'
import type { Finding, FindingState, Report } from '../../model.ts'
import { readFile } from '../../sources/read-file.ts'
import { readStdin } from '../../sources/stdin.ts'
import { planWorktree } from '../../sources/worktree.ts'
import { readBuilt } from '../../system/assets.ts'
import { version } from '../../version.ts'
import type { Context } from '../context.ts'
import { createContentScanner, type Selection } from './content-scanner.ts'
import { loadRules, type RuleSelection } from './load-rules.ts'
import type { ScanOptions } from './options.ts'

export type ScanRequest = Selection &
  RuleSelection &
  Pick<ScanOptions, 'stdin' | 'stdinFilename' | 'ignore' | 'include' | 'exclude' | 'all' | 'maxFileSize'> & {
    paths: readonly string[]
  }

export type ScanContext = Pick<Context, 'cwd' | 'now' | 'stdin'>

/** Plans, reads, searches and collects: the whole scan up to the report. */
export async function runScan(request: ScanRequest, context: ScanContext): Promise<Report> {
  const started = context.now()
  const clock = performance.now()
  const { program, automaton } = await loadRules(request)
  const kernel = loadKernel(automaton, readBuilt('search.wasm'))
  const scanContent = createContentScanner(program, kernel, request)
  const coverage = new CoverageTally()
  const matches: PlacedMatch[] = []
  const source = request.stdin ? scanStdin : scanWorktree
  await source()
  const found = collectFindings(matches, program)
  return {
    tool: { name: 'stanch', version, rules: { count: program.rules.length, hash: program.hash } },
    source: {
      kind: request.stdin ? 'stdin' : 'worktree',
      target: request.stdin ? 'stdin' : pathsOf(request).join(' '),
    },
    started: started.toISOString(),
    durationMs: Math.round(performance.now() - clock),
    coverage: coverage.result(),
    suppressions: {
      allowed: countState(found, 'allowed'),
      baseline: countState(found, 'baseline'),
      unused: [],
      expired: [],
    },
    findings: request.all ? found : found.filter(({ state }) => state === 'new'),
  }

  async function scanStdin(): Promise<void> {
    matches.push(...scanContent(await readStdin(context.stdin, request.stdinFilename ?? 'stdin', coverage)))
  }

  async function scanWorktree(): Promise<void> {
    const { cwd } = context
    const isWanted = createPathFilter(request)
    const units = await planWorktree(pathsOf(request), { cwd, noIgnore: !request.ignore, isWanted }, coverage)
    const options = { cwd, buffer: (size: number) => kernel.input(size), maxFileSize: request.maxFileSize }
    for (const unit of units)
      readFile(unit, options, coverage, content => matches.push(...scanContent(content)))
  }
}

function pathsOf({ paths }: ScanRequest): readonly string[] {
  return paths.length ? paths : ['.']
}

function createPathFilter({ include, exclude }: ScanRequest): (path: string) => boolean {
  const matches = (globs: readonly string[], path: string) =>
    globs.some(glob => minimatch(path, glob, { dot: true, matchBase: !glob.includes('/') }))
  return path => (include.length === 0 || matches(include, path)) && !matches(exclude, path)
}

function countState(findings: readonly Finding[], state: FindingState): number {
  return findings.filter(finding => finding.state === state).length
}
