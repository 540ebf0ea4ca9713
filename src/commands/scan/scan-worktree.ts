import { readFile } from '../../sources/read-file.ts'
import { planWorktree } from '../../sources/worktree.ts'
import { createPathNamer } from '../project.ts'
import { archiveLimitsOf } from './archive-limits.ts'
import { createPathFilter } from './path-filter.ts'
import type { SourceScan } from './scan-run.ts'

export const scanWorktree: SourceScan = async ({
  request,
  context: { cwd },
  project,
  kernel,
  coverage,
  scanContent,
  add,
}) => {
  const paths = request.paths.length ? request.paths : ['.']
  const namePath = createPathNamer(project, paths, cwd)
  const isWanted = await createPathFilter(request, project, namePath)
  const units = await planWorktree(paths, { cwd, noIgnore: !request.ignore, isWanted }, coverage)
  const options = {
    cwd,
    buffer: (size: number) => kernel.input(size),
    maxFileSize: request.maxFileSize,
    archives: archiveLimitsOf(request),
  }
  for (const unit of units) {
    const named = namePath(unit.path)
    const pending = readFile(unit, options, coverage, content =>
      // Within an archive the path goes on as it does there, be it `../..`.
      add(scanContent({ ...content, path: named + content.path.slice(unit.path.length) })),
    )
    if (pending) await pending
  }
  return { kind: 'worktree', target: paths.join(' ') }
}
