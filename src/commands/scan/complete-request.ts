import { join, relative } from 'node:path'
import { defaultArchiveLimits } from '../../archive/limits.ts'
import type { Settings } from '../../settings/settings-schema.ts'
import type { LoadedSettings } from '../load-settings.ts'
import type { ScanRequest } from './scan-run.ts'

/** What somebody asked for in so many words; the rest comes from the settings and the defaults. */
export type GivenRequest = Partial<Omit<ScanRequest, 'settings' | 'paths'>> & Pick<ScanRequest, 'paths'>

const GIBIBYTE = 1024 ** 3

export const scanDefaults = {
  ignore: true,
  ignoreFile: true,
  allowComments: true,
  rules: [],
  defaultRules: true,
  only: [],
  skip: [],
  minSeverity: 'low',
  minConfidence: 0.5,
  include: [],
  exclude: [],
  timeout: 60,
  maxFileSize: 2 * GIBIBYTE,
  maxDecodeDepth: 5,
  maxArchiveDepth: defaultArchiveLimits.depth,
  maxArchiveEntries: defaultArchiveLimits.entries,
  maxArchiveSize: defaultArchiveLimits.bytes,
  maxArchiveRatio: defaultArchiveLimits.ratio,
  failOn: 'low',
  exitCode: true,
} as const satisfies Partial<ScanRequest>

/** What is given wins over the settings, these over the defaults; rule files of both are used. */
export function completeRequest(
  given: GivenRequest,
  loaded: LoadedSettings | undefined,
  cwd: string,
): ScanRequest {
  const fromSettings = loaded ? readScanSettings(loaded.settings.scan, loaded.directory, cwd) : {}
  return {
    ...scanDefaults,
    ...fromSettings,
    ...given,
    rules: [...(fromSettings.rules ?? []), ...(given.rules ?? [])],
    ...(loaded ? { settings: loaded } : {}),
  }
}

/** Paths count from the settings' directory. Its globs stay with the settings: they are about paths below that directory. */
function readScanSettings(scan: Settings['scan'], directory: string, cwd: string): Partial<ScanRequest> {
  const { include, exclude, rules, baseline, ...plain } = scan
  const fromHere = (path: string) => relative(cwd, join(directory, path))
  return {
    ...withoutUndefined(plain),
    ...(rules === undefined ? {} : { rules: rules.map(fromHere) }),
    ...(baseline === undefined ? {} : { baseline: fromHere(baseline) }),
  }
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> }

function withoutUndefined<T extends object>(values: T): Partial<Defined<T>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<
    Defined<T>
  >
}
