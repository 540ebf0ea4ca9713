import { groupBy } from '../../group-by.ts'
import { type Doubt, doubtAboutSecret, doubtAll } from '../doubt.ts'
import type { EnvFile } from '../facts.ts'
import { browserSecretsOf, type Found, type HygieneRule, listNames } from '../problem.ts'

export const clientBundle: HygieneRule = {
  severity: 'critical',
  summary: 'a secret goes to every browser',
  check: ({ files, sightings, texts }) => [
    ...tellOnce(files),
    ...sightings
      .filter(({ kind }) => kind === 'bundle')
      .map(({ path, line, key }) => ({
        path,
        ...(line === undefined ? {} : { line }),
        key,
        severity: 'critical' as const,
        ...doubtBundle(path, texts),
        message: `the built code holds the value of ${key}`,
        fix: `Keep ${key} out of the code for browsers, build again, and replace it if this was ever published.`,
      })),
  ],
}

/** What a manifest or a Dockerfile has Node start is a server's code. */
function doubtBundle(path: string, texts: ReadonlyMap<string, string>): Doubt {
  const folder = /(?:^|\/)(dist|build|out)\//.exec(path)?.[1]
  if (folder === undefined) return {}
  const start = new RegExp(`\\bnode(?:mon)?\\b[^\\n]{0,80}\\b${folder}\\/`)
  const isStarted = [...texts].some(
    ([name, text]) => /package\.json$|Dockerfile/.test(name) && start.test(text),
  )
  return isStarted ? { doubt: `what is in ${folder}/ is started as a server` } : {}
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
