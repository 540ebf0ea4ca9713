import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Repository } from '../../../git/repository.ts'
import { runGit } from '../../../git/run-git.ts'
import type { StagedFile } from '../../../hygiene/facts.ts'
import { isSealedName, isTemplateName, stageOf } from '../../../hygiene/file-names.ts'
import { baseOf } from '../../../hygiene/problem.ts'
import type { EnvReader } from './env-text.ts'
import { readBlobs } from './read-history.ts'

/** What git's index has of env files otherwise than the working copy: that is what a commit takes. */
export async function readStagedVersions(
  root: string,
  repository: Repository,
  paths: readonly string[],
  reader: EnvReader,
  index: NodeJS.ProcessEnv = {},
): Promise<StagedFile[]> {
  if (paths.length === 0) return []
  const args = ['--literal-pathspecs', 'ls-files', '--stage', '-z', '--', ...paths]
  const { stdout } = await runGit(root, args, index)
  const entries = [...stdout.toString('utf8').matchAll(/100\d+ ([0-9a-f]+) \d\t([^\0]+)\0/g)]
    .map(([, blob = '', path = '']) => ({ blob, path }))
    .filter(({ blob, path }) => idOf(join(root, path), repository) !== blob)
  const blobs = await readBlobs(
    root,
    repository,
    entries.map(({ blob }) => blob),
  )
  return entries.flatMap(({ blob, path }) => {
    const bytes = blobs.get(blob)
    if (!bytes) return []
    const { keys, isSealed } = reader.read(bytes, true)
    const base = baseOf(path)
    const kind = isSealedName(base) || isSealed ? 'encrypted' : isTemplateName(base) ? 'template' : 'plain'
    return [{ path, kind, stage: stageOf(path), keys }]
  })
}

/** The variable by which git tells a hook which index it is about to commit, if it is this repository's. */
export function indexOfHook(root: string, { gitDir }: Repository, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (!env.GIT_INDEX_FILE) return {}
  const path = resolve(root, env.GIT_INDEX_FILE)
  return dirname(path) === gitDir ? { GIT_INDEX_FILE: path } : {}
}

/** The name that git would give the file's bytes as they are; none for what is not there. */
function idOf(path: string, { hash }: Repository): string | undefined {
  try {
    const bytes = readFileSync(path)
    return createHash(hash).update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
  } catch {
    return undefined
  }
}
