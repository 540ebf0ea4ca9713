import type { EnvFile, KeyFact } from '../facts.ts'
import { exposedFiles, type HygieneRule, secretsOf } from '../problem.ts'

const harmless = new Set(['test', 'development', 'ci', 'qa', 'staging', 'uat'])

export const liveInTest: HygieneRule = {
  severity: 'high',
  summary: 'a test or development file holds what production uses',
  check: ({ files }) => {
    const exposed = exposedFiles({ files })
    const production = new Map(
      exposed
        .filter(({ stage }) => stage === 'production')
        .flatMap(file => secretsOf(file).map(key => [key.digest, file.path] as const)),
    )
    return exposed.filter(({ stage }) => harmless.has(stage)).flatMap(file => check(file, production))
  },
}

function check(file: EnvFile, production: ReadonlyMap<string, string>) {
  // A key that stands twice is told of once.
  const keys = new Map(secretsOf(file).map(key => [`${key.name} ${key.digest}`, key]))
  return [...keys.values()].flatMap((key: KeyFact) => {
    const source = production.get(key.digest)
    const isLive = key.classification.mode === 'live'
    if (source === undefined && !isLive && !key.isOfProduction) return []
    return [
      {
        path: file.path,
        line: key.line,
        key: key.name,
        severity: 'high' as const,
        message:
          source === undefined
            ? `${key.name} ${isLive ? 'is a live key' : "logs in to one of production's hosts"} in a file for ${file.stage}`
            : `${key.name} has the same value as in ${source}, which is for production`,
        fix: `Give ${file.stage} a secret of its own.`,
      },
    ]
  })
}
