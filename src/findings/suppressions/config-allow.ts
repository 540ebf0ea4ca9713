import { compileGlobs } from '../../settings/path-globs.ts'
import type { Suppression } from './suppression.ts'

/** An `[[allow]]` of the settings. Rules and paths that are given must both hold. */
export interface ConfigAllow {
  rules?: readonly string[] | undefined
  paths?: readonly string[] | undefined
  reason: string
  until?: string | undefined
}

/** @param name how the settings file is called */
export function readConfigAllows(name: string, allows: readonly ConfigAllow[]): Suppression[] {
  return allows.map(({ rules, paths, reason, until }, i) => {
    const isInPaths = paths && compileGlobs(paths)
    return {
      label: `${name}: allow ${i + 1} (${reason})`,
      state: 'allowed',
      ...(until === undefined ? {} : { until }),
      covers: (match, rule) =>
        (rules === undefined || rules.includes(rule)) && (isInPaths === undefined || isInPaths(match.path)),
    }
  })
}
