import { compileGlobs } from '../../settings/path-globs.ts'
import { readFile } from '../../sources/read-file.ts'
import { planWorktree } from '../../sources/worktree.ts'
import { createPathNamer } from '../project.ts'
import type { ScanRequest, SourceScan } from './scan-run.ts'

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
  const isWanted = createPathFilter(request)
  const units = await planWorktree(paths, { cwd, noIgnore: !request.ignore, isWanted }, coverage)
  const namePath = createPathNamer(project, paths, cwd)
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

/** `--include` and `--exclude`. */
export function createPathFilter({
  include,
  exclude,
}: Pick<ScanRequest, 'include' | 'exclude'>): (path: string) => boolean {
  const isIncluded = include.length ? compileGlobs(include) : () => true
  const isExcluded = exclude.length ? compileGlobs(exclude) : () => false
  return path => isIncluded(path) && !isExcluded(path)
}
