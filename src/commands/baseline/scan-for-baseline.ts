import { relative, resolve } from 'node:path'
import type { Command } from 'commander'
import { type BaselineSource, baselineSources } from '../../findings/baseline/baseline.ts'
import type { Report } from '../../model.ts'
import type { Context } from '../context.ts'
import { loadSettings } from '../load-settings.ts'
import { findProject, type Project } from '../project.ts'
import { completeRequest } from '../scan/complete-request.ts'
import { givenOptions } from '../scan/given-options.ts'
import type { ScanOptions } from '../scan/options.ts'
import { runScan } from '../scan/run-scan.ts'

export interface BaselineOptions extends ScanOptions {
  paths: string[]
  baseline?: string
  from?: string
}

export interface BaselineScan {
  project: Project
  report: Report
  source: BaselineSource
  today: string
}

/**
 * Scans as `stanch scan` would, with every finding in the report whatever its state. Paths in it count from the project's
 * root, as they are to stand in the baseline.
 */
export async function scanForBaseline(
  { paths, config }: Pick<BaselineOptions, 'paths' | 'config'>,
  command: Command,
  context: Context,
): Promise<BaselineScan> {
  const { cwd } = context
  const project = findProject(cwd)
  const settings = await loadSettings(project, { ...context, config })
  const given = { ...givenOptions(command), paths, baseline: false, all: true } as const
  const request = completeRequest(given, settings, cwd)
  const fromRoot = {
    ...request,
    rules: request.rules.map(path => resolve(cwd, path)),
    paths: (paths.length ? paths : ['.']).map(path => relative(project.root, resolve(cwd, path)) || '.'),
  }
  const report = await runScan(fromRoot, { ...context, cwd: project.root })
  const source = baselineSources.find(kind => kind === report.source.kind) ?? 'worktree'
  return { project, report, source, today: context.now().toISOString().slice(0, 10) }
}
