import { compileGlobs } from '../../settings/path-globs.ts'
import type { Suppression } from './suppression.ts'

/** An `[[allow]]` of the settings. Rules and paths that are given must both hold. */
export interface ConfigAllow {
  rules?: readonly string[] | undefined
  paths?: readonly string[] | undefined
  reason: string
  until?: string | undefined
}

/**
 * @param name how the settings file is called
 * @param toRelative a path from the project's root → from the settings' directory; undefined when it lies elsewhere
 */
export function readConfigAllows(
  name: string,
  allows: readonly ConfigAllow[],
  toRelative: (path: string) => string | undefined,
): Suppression[] {
  return allows.map(({ rules, paths, reason, until }, i) => {
    const isInPaths = paths && compileGlobs(paths)
    return {
      label: `${name}: allow number ${i + 1} (${reason})`,
      state: 'allowed',
      ...(until === undefined ? {} : { until }),
      covers: (match, rule) => {
        if (rules !== undefined && !rules.includes(rule)) return false
        const path = toRelative(match.path)
        return path !== undefined && (isInPaths === undefined || isInPaths(path))
      },
    }
  })
}
