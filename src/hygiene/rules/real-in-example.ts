import { groupBy } from '../../group-by.ts'
import { isForBrowsers } from '../browser-names.ts'
import { type Doubt, doubtAboutSecret, isDevelopersPath, isFormed } from '../doubt.ts'
import type { EnvFile, KeyFact, StagedFile } from '../facts.ts'
import { stageOf } from '../file-names.ts'
import {
  type Found,
  formsOfPrograms,
  type HygieneRule,
  isForDevelopment,
  isForTests,
  isOwn,
  isProviders,
  isSecret,
  listNames,
  secretsOf,
} from '../problem.ts'

/** From here on a value without a provider's form is no one's example. */
const SURE = 0.7

export const realInExample: HygieneRule = {
  severity: 'critical',
  summary: 'a template holds a real value',
  check: ({ files, staged }) => {
    const real = new Map(
      files
        .filter(({ kind }) => kind === 'plain')
        .flatMap(file => inUse(file).map(key => [key.digest, file] as const)),
    )
    const templates = files.filter(({ kind }) => kind === 'template')
    const told = new Set(templates.flatMap(({ path, keys }) => keys.map(({ digest }) => `${path} ${digest}`)))
    return [
      ...templates.flatMap(file => describeTogether(file, valuesIn(file, real), real)),
      ...staged
        .filter(({ kind }) => kind === 'template')
        .flatMap(file =>
          valuesIn(file, real)
            .filter(({ digest }) => !told.has(`${file.path} ${digest}`))
            .map(key => describe(file.path, [key], real.get(key.digest), false)),
        ),
    ]
  },
}

/** Digest → the file that has the value in use. */
type RealValues = ReadonlyMap<string, EnvFile>

/** One problem for all that a template and one file have in common, but for what a provider gave out. */
function describeTogether({ path }: StagedFile, keys: readonly KeyFact[], real: RealValues): Found[] {
  const groups = groupBy(keys, key => {
    const source = real.get(key.digest)
    return source && !isProviders(key)
      ? `${doubt(path, key, source).doubt} ${source.path}`
      : `${key.line} ${key.name}`
  })
  return [...groups.values()].flatMap(([first, ...others]) =>
    first ? describe(path, [first, ...others], real.get(first.digest), true) : [],
  )
}

/** Other rules pass over what a template has as well, because this one tells of it. */
function inUse(file: EnvFile): KeyFact[] {
  const documented = file.keys.filter(
    key =>
      key.isDocumented &&
      isSecret(key) &&
      ((!isOwn(key) && key.classification.maker !== 'hand') || /pass|pwd/i.test(key.name)) &&
      !isForTests(file) &&
      !isGiven(key, file),
  )
  return [...secretsOf(file), ...documented]
}

/** By git, to all who develop, as the template's is. */
function isGiven(key: KeyFact, { tracked, stage }: EnvFile): boolean {
  return tracked && isForDevelopment(key, stage)
}

/**
 * Names for browsers are another rule's. In a template for tests only what a provider gives out counts, as in the file that is made of it; in one that is named after
 * development all developers have the project's own keys on purpose.
 */
function valuesIn(template: StagedFile, real: RealValues): KeyFact[] {
  const isOnPurpose = (key: KeyFact) => template.stage === 'development' && isOwn(key) && !key.isInProduction
  return template.keys.filter(
    key =>
      isSecret(key) &&
      !isForBrowsers(key.name) &&
      !isOnPurpose(key) &&
      (!isForTests(template) || isProviders(key)) &&
      key.classification.mode !== 'test' &&
      (real.has(key.digest) || looksReal(key)),
  )
}

/** A copy of the template tells nothing of where a value came from; a key that a project makes for itself is nobody's as long as it stands there alone. */
function doubt(path: string, key: KeyFact, source: EnvFile | undefined): Doubt {
  if (isFormed(key)) return {}
  const stage = stageOf(path)
  const about = doubtAboutSecret(key, { path, stage }, 1)
  if (about !== undefined) return { doubt: about }
  if (source && source.copyOf !== path && !isDevelopersPath(source.path)) return {}
  if (formsOfPrograms.has(key.classification.provider ?? ''))
    return { doubt: "anybody's program makes such values, for examples, too" }
  if (isOwn(key)) return { doubt: 'whoever installs it can make another' }
  return key.classification.server === 'here' || key.isForDevelopment
    ? { doubt: 'it opens a server of the machine of whoever copies it' }
    : {}
}

/** @param source the file that has the values in use @param isHere whether the working copy has them, not just git's index */
function describe(
  path: string,
  keys: readonly [KeyFact, ...KeyFact[]],
  source: EnvFile | undefined,
  isHere: boolean,
): Found {
  const [key] = keys
  const where = isHere ? 'the template' : "the template as git's index has it"
  return {
    path,
    ...(isHere ? { line: key.line } : {}),
    key: key.name,
    ...judge(keys, source?.path, where),
    ...doubt(path, key, source),
    fix: isHere
      ? 'Leave it blank in the template, and replace the secret: templates are committed.'
      : 'Add the file again (git add) without the value before you commit.',
    ...(isHere
      ? { repairs: keys.map(({ name, line }) => ({ kind: 'blank' as const, path, key: name, line })) }
      : {}),
  }
}

function judge(
  [key, ...others]: readonly [KeyFact, ...KeyFact[]],
  source: string | undefined,
  where: string,
): Pick<Found, 'severity' | 'message'> {
  const severity = isProviders(key) ? 'critical' : source === undefined && isOwn(key) ? 'medium' : 'high'
  // Either may be a copy of the other; a provider's form was somebody's before it came into the template.
  if (source !== undefined && !isProviders(key))
    return {
      severity,
      message: `${listNames([key, ...others].map(({ name }) => name))} ${others.length ? 'have the same values' : 'has the same value'} in ${where} and in ${source}: whoever reads the template knows it`,
    }
  if (source !== undefined)
    return { severity, message: `${key.name} has its real value in ${where}, the one of ${source}` }
  if (isOwn(key))
    return {
      severity,
      message: `${key.name} is generated in ${where}: whoever copies it without a new one has a key that everybody can read`,
    }
  const template = where === 'the template' ? 'a template' : where
  return {
    severity,
    message: `${key.name} looks like a real secret in ${template} (${key.classification.reason})`,
  }
}

function looksReal(key: Pick<KeyFact, 'name' | 'classification'>): boolean {
  const { confidence, maker, mode } = key.classification
  const isGenerated = confidence >= SURE && maker !== 'hand' && mode === undefined && !isHashName(key.name)
  return mode !== 'test' && (isProviders(key) || isGenerated)
}

/** A hash looks generated, and in a template it is one of the example's own password. */
function isHashName(name: string): boolean {
  return /(?:^|_)(?:SHA\d*|MD5|BCRYPT|ARGON2?|HASH(?:ED)?|DIGEST|CHECKSUM)(?:_|$)/i.test(name)
}
