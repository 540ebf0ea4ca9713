import { join, relative, resolve } from 'node:path'
import { UserError } from '../../errors.ts'
import {
  BASELINE_FILE,
  type BaselineEntry,
  parseBaseline,
  printBaseline,
} from '../../findings/baseline/baseline.ts'
import { writeFileAtomically } from '../../system/write-file-atomically.ts'
import type { Context } from '../context.ts'
import { findProject } from '../project.ts'
import { readIfThere } from '../read-if-there.ts'

export interface BaselineFile {
  path: string
  /** As people know it: from the current directory. */
  name: string
  /** Undefined where there is no such file. */
  entries?: BaselineEntry[]
}

/** `--baseline`, else the project's own. */
export function openBaseline(named: string | undefined, { cwd }: Pick<Context, 'cwd'>): BaselineFile {
  const path = named === undefined ? join(findProject(cwd).root, BASELINE_FILE) : resolve(cwd, named)
  const name = named ?? relative(cwd, path)
  const text = readIfThere(path)
  return { path, name, ...(text === undefined ? {} : { entries: parseBaseline(name, text) }) }
}

/** @throws UserError where there is none */
export function openExistingBaseline(
  named: string | undefined,
  context: Pick<Context, 'cwd'>,
): BaselineFile & { entries: BaselineEntry[] } {
  const { entries, ...file } = openBaseline(named, context)
  if (entries === undefined)
    throw new UserError(`there is no baseline "${file.name}"`, 'Make one with "stanch baseline create".')
  return { ...file, entries }
}

export function writeBaseline({ path, name }: BaselineFile, entries: readonly BaselineEntry[]): void {
  try {
    writeFileAtomically(path, printBaseline(entries))
  } catch (error) {
    throw new UserError(
      `cannot write the baseline "${name}"`,
      'Check that its folder exists and can be written.',
      {
        cause: error,
      },
    )
  }
}
