import { readFile } from '../../sources/read-file.ts'
import { planWorktree } from '../../sources/worktree.ts'
import { createPathNamer } from '../project.ts'
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
  const isWanted = createPathFilter(request, project, namePath)
  const units = await planWorktree(paths, { cwd, noIgnore: !request.ignore, isWanted }, coverage)
  const options = {
    cwd,
    buffer: (size: number) => kernel.input(size),
    maxFileSize: request.maxFileSize,
  }
  for (const unit of units)
    readFile(unit, options, coverage, content =>
      add(scanContent({ ...content, path: namePath(content.path) })),
    )
  return { kind: 'worktree', target: paths.join(' ') }
}
