import { join, resolve } from 'node:path'
import { UserError } from '../../errors.ts'
import type { Suppression } from '../../findings/suppressions/suppression.ts'
import type { LoadedSettings } from '../load-settings.ts'
import { createRelativePath, type Project } from '../project.ts'
import { readIfThere } from '../read-if-there.ts'
import type { ScanRequest } from './scan-run.ts'

/**
 * What the project has suppressed, in the order in which it decides: ignore files, the baseline, the settings. Parsers are
 * loaded only for files that are there: the git hook counts every millisecond.
 * @throws UserError for a file that cannot be read or understood
 */
export async function loadSuppressions(
  { root }: Project,
  cwd: string,
  request: Pick<ScanRequest, 'baseline' | 'ignoreFile' | 'settings'>,
): Promise<Suppression[]> {
  const found: Suppression[] = []
  if (request.ignoreFile) found.push(...(await loadIgnoreFiles(root)))
  if (request.baseline !== false) found.push(...(await loadBaseline(root, cwd, request.baseline)))
  if (request.settings?.settings.allow.length) found.push(...(await loadAllows(root, request.settings)))
  return found
}

async function loadAllows(
  root: string,
  { settings, name, directory }: LoadedSettings,
): Promise<Suppression[]> {
  const { readConfigAllows } = await import('../../findings/suppressions/config-allow.ts')
  return readConfigAllows(name, settings.allow, createRelativePath(root, directory))
}

async function loadIgnoreFiles(root: string): Promise<Suppression[]> {
  const found: Suppression[] = []
  const ours = readIfThere(join(root, '.stanchignore'))
  if (ours !== undefined) {
    const { parseIgnoreFile } = await import('../../findings/suppressions/ignore-file.ts')
    found.push(...parseIgnoreFile('.stanchignore', ours))
  }
  for (const name of ['.betterleaksignore', '.gitleaksignore']) {
    const text = readIfThere(join(root, name))
    if (text === undefined) continue
    const { parseGitleaksIgnore } = await import('../../findings/suppressions/gitleaks-ignore.ts')
    found.push(...parseGitleaksIgnore(name, text))
  }
  return found
}

const BASELINE = '.stanch-baseline.jsonl'

async function loadBaseline(root: string, cwd: string, file: string | undefined): Promise<Suppression[]> {
  const text = readIfThere(file === undefined ? join(root, BASELINE) : resolve(cwd, file))
  if (text === undefined) {
    if (file === undefined) return []
    throw new UserError(
      `cannot read the baseline "${file}": no such file`,
      'Make it with "stanch baseline create", or correct the path.',
    )
  }
  const { readBaseline } = await import('../../findings/baseline/read-baseline.ts')
  return readBaseline(file ?? BASELINE, text)
}
