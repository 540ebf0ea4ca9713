import { delimiter } from 'node:path'
import { UserError } from '../../errors.ts'
import { findRepository, type Repository } from '../../git/repository.ts'
import type { ScanContext } from './scan-run.ts'

export interface HookRepository {
  repository: Repository
  indexFile?: string
  /** What our own calls of git need to see the same objects. */
  env: NodeJS.ProcessEnv
}

/**
 * As git itself would find it: git tells its hooks by variables which repository, which index and which objects (a push
 * that is being received lies in a quarantine) it is about.
 * @param around the repository around the current directory, where it is known already
 * @throws UserError where there is none
 */
export function findHookRepository(
  { cwd, env }: Pick<ScanContext, 'cwd' | 'env'>,
  around?: Repository,
): HookRepository {
  const repository = env.GIT_DIR ? findRepository(env.GIT_DIR) : (around ?? findRepository(cwd))
  if (!repository)
    throw new UserError(
      `there is no git repository around "${cwd}"`,
      'Run it in a repository, or scan a path.',
    )
  const workTree = env.GIT_WORK_TREE ?? repository.workTree ?? (env.GIT_DIR ? cwd : undefined)
  const { GIT_OBJECT_DIRECTORY: objects, GIT_ALTERNATE_OBJECT_DIRECTORIES: alternates } = env
  const quarantine = [objects ?? [], alternates?.split(delimiter) ?? []].flat().filter(Boolean)
  return {
    repository: {
      ...repository,
      ...(workTree === undefined ? {} : { workTree }),
      objectDirs: [...new Set([...quarantine, ...repository.objectDirs])],
    },
    ...(env.GIT_INDEX_FILE ? { indexFile: env.GIT_INDEX_FILE } : {}),
    env: {
      ...(objects ? { GIT_OBJECT_DIRECTORY: objects } : {}),
      ...(alternates ? { GIT_ALTERNATE_OBJECT_DIRECTORIES: alternates } : {}),
      ...(env.GIT_QUARANTINE_PATH ? { GIT_QUARANTINE_PATH: env.GIT_QUARANTINE_PATH } : {}),
    },
  }
}
