import { browserSecretsOf, type HygieneRule } from '../problem.ts'

export const clientBundle: HygieneRule = {
  severity: 'critical',
  summary: 'a secret goes to every browser',
  check: ({ files, sightings }) => [
    ...files.flatMap(file =>
      browserSecretsOf(file).map(key => ({
        path: file.path,
        line: key.line,
        key: key.name,
        severity: 'critical' as const,
        message: `${key.name}: its prefix makes the build write it into the code that browsers get (${key.classification.reason})`,
        fix: 'Use it on the server only, under a name without the prefix, and replace it: it may be published already.',
      })),
    ),
    ...sightings
      .filter(({ kind }) => kind === 'bundle')
      .map(({ path, line, key }) => ({
        path,
        ...(line === undefined ? {} : { line }),
        key,
        severity: 'critical' as const,
        message: `the built code holds the value of ${key}`,
        fix: `Keep ${key} out of the code for browsers, build again, and replace it if this was ever published.`,
      })),
  ],
}
