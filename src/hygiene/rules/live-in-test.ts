import { type Doubt, doubtSecrets, inGitAnyway } from '../doubt.ts'
import type { EnvFile, KeyFact } from '../facts.ts'
import { exposedFiles, type HygieneRule, listNames, secretsOf } from '../problem.ts'

const harmless = new Set(['test', 'development', 'ci', 'qa', 'staging', 'uat'])

export const liveInTest: HygieneRule = {
  severity: 'high',
  summary: 'a test or development file holds what production uses',
  check: ({ files }) => {
    const exposed = exposedFiles({ files })
    const production = new Map(
      exposed
        .filter(({ stage }) => stage === 'production')
        .flatMap(file => secretsOf(file).map(key => [key.digest, file] as const)),
    )
    return exposed.filter(({ stage }) => harmless.has(stage)).flatMap(file => check(file, production))
  },
}

function check(file: EnvFile, production: ReadonlyMap<string, EnvFile>) {
  // A key that stands twice is told of once.
  const keys = new Map(secretsOf(file).map(key => [`${key.name} ${key.digest}`, key]))
  const isLive = (key: KeyFact) => key.classification.mode === 'live'
  const own = [...keys.values()].filter(
    key => !production.has(key.digest) && (isLive(key) || key.isOfProduction),
  )
  return [
    ...own.map(key => ({
      ...placeOf(file, key),
      ...doubtSecrets([key], file),
      message: `${key.name} ${isLive(key) ? 'is a live key' : "logs in to one of production's hosts"} in a file for ${file.stage}`,
    })),
    ...describeShared(file, [...keys.values()], production),
  ]
}

/** One problem for all that a file has in common with production's; none where git gives both to everybody, of which `tracked` tells. */
function describeShared(file: EnvFile, keys: readonly KeyFact[], production: ReadonlyMap<string, EnvFile>) {
  const shared = keys.flatMap(key => {
    const source = production.get(key.digest)
    return source && !(source.tracked && file.tracked) ? [{ key, source }] : []
  })
  const [first] = shared
  if (!first) return []
  const names = listNames(shared.map(({ key }) => key.name))
  const have = shared.length > 1 ? 'have the same values' : 'has the same value'
  const source = listNames(shared.map(one => one.source.path))
  return [
    {
      ...placeOf(file, first.key),
      ...doubtShared(file, shared),
      message: `${names} ${have} as in ${source}, which is for production`,
    },
  ]
}

function doubtShared(file: EnvFile, shared: readonly { key: KeyFact; source: EnvFile }[]): Doubt {
  if (file.tracked || shared.every(({ source }) => source.tracked)) return inGitAnyway
  return doubtSecrets(
    shared.map(({ key }) => key),
    file,
  )
}

function placeOf({ path, stage }: EnvFile, { name, line }: KeyFact) {
  return { path, line, key: name, severity: 'high' as const, fix: `Give ${stage} a secret of its own.` }
}
