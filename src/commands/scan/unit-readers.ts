import { resolve } from 'node:path'
import type { CoverageTally } from '../../coverage.ts'
import { ObjectStore } from '../../git/object-store.ts'
import { findRepository } from '../../git/repository.ts'
import type { Kernel } from '../../kernel/types.ts'
import type { Content } from '../../model.ts'
import { readReported } from '../../sources/history/history-objects.ts'
import { type BlobUnit, createBlobReader } from '../../sources/history/read-blob.ts'
import { readFile } from '../../sources/read-file.ts'
import type { FileUnit } from '../../sources/worktree.ts'
import { createPathNamer, type Project } from '../project.ts'
import { archiveLimitsOf } from './archive-limits.ts'
import type { ScanRequest } from './scan-run.ts'

/** What every thread of a scan is told: plain data. */
export interface ReadPlan {
  request: ScanRequest
  cwd: string
  project: Project
}

/** Turns a unit into contents; one that takes longer than the call, such as an archive, gives a promise. */
export type UnitReader<Unit> = (unit: Unit, visit: (content: Content) => void) => void | Promise<void>

export type CreateUnitReader<Unit> = (
  plan: ReadPlan,
  kernel: Kernel,
  coverage: CoverageTally,
) => UnitReader<Unit>

/** Files of the working tree. */
export const readWorktree: CreateUnitReader<FileUnit> = ({ request, cwd, project }, kernel, coverage) => {
  const namePath = createPathNamer(project, request.paths.length ? request.paths : ['.'], cwd)
  const options = {
    cwd,
    buffer: (size: number) => kernel.input(size),
    maxFileSize: request.maxFileSize,
    archives: archiveLimitsOf(request),
  }
  return (unit, visit) => {
    const named = namePath(unit.path)
    return readFile(unit, options, coverage, content =>
      // Within an archive the path goes on as it does there, be it `../..`.
      visit({ ...content, path: named + content.path.slice(unit.path.length) }),
    )
  }
}

/** Blobs of a repository, in a thread that has not opened it yet. */
export const readHistory: CreateUnitReader<BlobUnit> = ({ request, cwd }, _kernel, coverage) => {
  const repository = findRepository(resolve(cwd, request.paths[0] ?? '.'))
  const store = repository && new ObjectStore(repository)
  return createBlobReader(id => store && readReported(store, id)?.bytes, archiveLimitsOf(request), coverage)
}

/** Sources whose units any thread can read. */
export const unitReaders = {
  history: readHistory,
  worktree: readWorktree,
} satisfies Record<string, CreateUnitReader<never>>

export type UnitKind = keyof typeof unitReaders
