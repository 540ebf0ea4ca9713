import { resolve } from 'node:path'
import { UserError } from '../../errors.ts'
import { findRepository, type Repository } from '../../git/repository.ts'
import { scanHistory as readHistory } from '../../sources/history/scan-history.ts'
import { readBuilt } from '../../system/assets.ts'
import { archiveLimitsOf } from './archive-limits.ts'
import { createLineProbe } from './line-probe.ts'
import { createPathFilter } from './path-filter.ts'
import type { SourceScan } from './scan-run.ts'

/** `--history`: every object of a repository. */
export const scanHistory: SourceScan = async run => {
  const { request, context, project, rules, module, coverage, scanContent, add } = run
  const [target = '.'] = request.paths
  const repository = openRepository(resolve(context.cwd, target), target)
  const found = await readHistory({
    repository,
    wasm: readBuilt('git.wasm'),
    probe: createLineProbe(rules.program, rules.automaton, module, request),
    scan: scanContent,
    coverage,
    maxFileSize: request.maxFileSize,
    archives: archiveLimitsOf(request),
    isWanted: await createPathFilter(request, project, path => path),
  })
  add(found)
  return { kind: 'history', target }
}

function openRepository(path: string, shown: string): Repository {
  const repository = findRepository(path)
  if (repository) return repository
  throw new UserError(`"${shown}" is in no git repository`, 'Name a repository, or leave out --history.')
}
