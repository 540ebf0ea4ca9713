import { groupBy } from '../../group-by.ts'
import { doubtAboutSecret, doubtAll } from '../doubt.ts'
import type { EnvFile } from '../facts.ts'
import { browserSecretsOf, type Found, type HygieneRule, listNames } from '../problem.ts'

export const clientBundle: HygieneRule = {
  severity: 'critical',
  summary: 'a secret goes to every browser',
  check: ({ files, sightings }) => [
    ...tellOnce(files),
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

/** One problem for a name, in however many files of stages it has whatever value. */
function tellOnce(files: readonly EnvFile[]): Found[] {
  const holders = files.flatMap(file => browserSecretsOf(file).map(key => ({ file, key })))
  return [...groupBy(holders, ({ key }) => key.name).values()].flatMap(([first, ...others]) => {
    if (!first) return []
    const { file, key } = first
    const paths = others.map(other => other.file.path).filter(path => path !== file.path)
    return [
      {
        path: file.path,
        line: key.line,
        key: key.name,
        severity: 'critical' as const,
        ...doubtAll([first, ...others], one => doubtAboutSecret(one.key, one.file)),
        message: `${key.name}: its prefix makes the build write it into the code that browsers get (${key.classification.reason})${paths.length ? `; also in ${listNames(paths)}` : ''}`,
        fix: 'Use it on the server only, under a name without the prefix, and replace it: it may be published already.',
      },
    ]
  })
}
