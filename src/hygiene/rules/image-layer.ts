import type { Found, HygieneRule } from '../problem.ts'

export const imageLayer: HygieneRule = {
  severity: 'critical',
  summary: 'an image holds the file or a value of it',
  needs: 'image',
  check: ({ sightings }) =>
    sightings
      .filter(({ kind }) => kind === 'image')
      .map(({ path, line, key }): Found => {
        const place = { path, ...(line === undefined ? {} : { line }) }
        if (key === '')
          return {
            ...place,
            severity: 'critical',
            message: 'the image holds an env file with a secret in clear, even if a later layer deletes it',
            fix: 'Replace the secret, build the image without the file, and take the old one from the registry.',
          }
        return {
          ...place,
          key,
          severity: 'critical',
          message: `the image holds the value of ${key}`,
          fix: `Replace ${key}, build the image without it, and take the old one from the registry.`,
        }
      }),
}
