import type { HygieneRule } from '../problem.ts'

export const imageLayer: HygieneRule = {
  severity: 'critical',
  summary: 'an image holds the file or a value of it',
  needs: 'image',
  check: ({ sightings }) =>
    sightings
      .filter(({ kind }) => kind === 'image')
      .map(({ path, line, key }) => ({
        path,
        ...(line === undefined ? {} : { line }),
        key,
        severity: 'critical' as const,
        message: `the image holds the value of ${key}`,
        fix: `Replace ${key}, build the image without it, and take the old one from the registry.`,
      })),
}
