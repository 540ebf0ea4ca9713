import type { Severity } from '../model.ts'
import { isForBrowsers } from './browser-names.ts'
import type { EnvFile, KeyFact, ProjectFacts } from './facts.ts'
import { isExamplePath } from './file-names.ts'
import type { Repair } from './repair.ts'

/** What a rule has to say. Never holds a value. */
export interface Problem {
  rule: string
  severity: Severity
  path: string
  line?: number
  key?: string
  message: string
  /** What to do, for a person. */
  fix: string
  /** Why nobody may have to act upon it, for people: it is kept, and told where somebody asks for all. */
  doubt?: string
  /** What `--fix` does about it, where that is safe. */
  repairs?: readonly Repair[]
}

/** A problem as its rule tells it. */
export type Found = Omit<Problem, 'rule'>

export interface HygieneRule {
  /** The gravest it reports. */
  severity: Severity
  summary: string
  /** Only asked for with this option, because it looks outside the tree. */
  needs?: 'home' | 'image'
  check(project: ProjectFacts): Found[]
}

/** From here on a name and a value together make a secret; below it only the name does, and the value was made up. */
const SECRET = 0.5

/** The id of a key opens nothing without the key. */
export function isSecret({ classification }: Pick<KeyFact, 'classification'>): boolean {
  const { class: kind, confidence, rule = '' } = classification
  return kind === 'secret' && confidence >= SECRET && !/-key-id$/.test(rule)
}

type Holder = Pick<EnvFile, 'path' | 'kind' | 'stage' | 'keys'> & Partial<Pick<EnvFile, 'tracked'>>

/**
 * The secrets that stand in a file in clear. Passed by is what somebody made up: for tests, for a server of this machine, or
 * as a default that a template has as well; what a tracked file gives all developers (`tracked` tells of it); and what has a
 * name for browsers, which get it wherever the file lies (`client-bundle` tells of it).
 */
export function secretsOf(file: Holder): KeyFact[] {
  return clearSecretsOf(file).filter(({ name }) => !isForBrowsers(name))
}

/** Under names for browsers, but for what a template gives everybody who builds the project, as its issuer means it for them. */
export function browserSecretsOf(file: Holder): KeyFact[] {
  const isGiven = (key: KeyFact) =>
    (file.kind === 'template' || key.isDocumented === true) &&
    !isProviders(key) &&
    !/SECRET|PRIVATE|PASS/i.test(key.name)
  return clearSecretsOf(file).filter(key => isForBrowsers(key.name) && !isGiven(key))
}

function clearSecretsOf(file: Holder): KeyFact[] {
  if (file.kind === 'encrypted') return []
  const keys = file.keys.filter(({ hasEnded }) => !hasEnded)
  if (isForTests(file)) return keys.filter(key => isSecret(key) && isProviders(key))
  return keys.filter(key =>
    isSecret(key)
      ? !isShared(key, file) && !isTypedInTemplate(key) && !isOfTemplate(key, file)
      : isOwnPassword(key, file),
  )
}

/** Django writes `insecure` into the keys of new projects. */
export function isForDevelopment(
  { isForDevelopment: isSaid, classification }: Pick<KeyFact, 'isForDevelopment' | 'classification'>,
  stage: string,
): boolean {
  return stage === 'development' || isSaid === true || classification.rule === 'django-insecure-key'
}

/** A key of the project's own that git gives everybody: in a file for developers' machines, or as the project's default. */
export function sharedKeysOf(file: Holder): KeyFact[] {
  if (file.kind === 'encrypted' || isForTests(file)) return []
  return file.keys.filter(key => isSecret(key) && !key.isDocumented && isShared(key, file))
}

function isShared(key: KeyFact, { path, stage, tracked = true }: Holder): boolean {
  if (!isOwn(key) || key.isInProduction) return false
  if (key.isDocumented || (tracked && isExamplePath(path))) return true
  return tracked && (isForDevelopment(key, stage) || key.isDefault === true)
}

/** As it was copied; `real-in-example` tells of what does not belong there. */
function isOfTemplate(key: KeyFact, { kind, tracked = true }: Holder): boolean {
  return kind === 'plain' && !tracked && key.isDocumented === true && !isProviders(key)
}

/** Whoever writes a template types what it shows, also with the name of a server. */
function isTypedInTemplate({ classification: { maker }, isDocumented }: KeyFact): boolean {
  return maker === 'hand' && isDocumented === true
}

/** One that a person typed: their own where git does not have it, and production's in a file for that. */
function isOwnPassword(
  { classification: { maker, server, confidence }, isDocumented }: KeyFact,
  { stage, tracked = true }: Holder,
): boolean {
  if (maker !== 'hand' || confidence < TYPED || server === 'here' || isDocumented) return false
  return stage === 'production' || !tracked
}

/** Lower are mere words. */
const TYPED = 0.4

/** Made by whoever runs the program: `SESSION_SECRET`, Laravel's `APP_KEY`. */
export function isOwn({
  classification: { maker, provider = '' },
}: Pick<KeyFact, 'classification'>): boolean {
  return maker === 'project' || ownProviders.has(provider)
}

/** Of a form that only its provider gives out, and not of a test mode. */
export function isProviders({
  classification: { maker, provider, mode, rule = '' },
}: Pick<KeyFact, 'classification'>): boolean {
  return (
    provider !== undefined &&
    maker !== 'project' &&
    !homemade.has(provider) &&
    mode !== 'test' &&
    !/-password$/.test(rule)
  )
}

/** Frameworks whose keys everybody makes, for each installation anew. */
const ownProviders = new Set(['django', 'laravel', 'rails', 'viewstate', 'wireguard'])
/** Forms of values that programs make and nobody hands out. */
export const formsOfPrograms: ReadonlySet<string> = new Set(['bip39', 'jwt', 'private-key'])
/** Forms that anybody's program gives out. */
const homemade = new Set(['generic', ...formsOfPrograms, ...ownProviders])

export function isForTests({ path, stage }: Pick<EnvFile, 'path' | 'stage'>): boolean {
  return (
    stage === 'test' ||
    stage === 'ci' ||
    /(?:^|\/)(?:(?:[\w.]+-)?tests?|__tests__|specs?|fixtures?|testdata|e2e|ci|mocks?|travis)(?:\/|$)/i.test(
      folderOf(path),
    )
  )
}

/** Files with variables in use, not templates, that hold secrets in clear. */
export function exposedFiles({ files }: Pick<ProjectFacts, 'files'>): EnvFile[] {
  return files.filter(file => file.kind === 'plain' && secretsOf(file).length > 0)
}

/** `A, B, C and 4 more`. */
export function listNames(names: readonly string[], most = 4): string {
  const unique = [...new Set(names)]
  const rest = unique.length - most
  return rest > 0 ? `${unique.slice(0, most).join(', ')} and ${rest} more` : unique.join(', ')
}

/** Where a problem of a whole file is shown: at its first secret. */
export function atSecrets(file: EnvFile): { path: string; line?: number; key?: string } {
  const [first] = secretsOf(file)
  return { path: file.path, ...(first ? { line: first.line, key: first.name } : {}) }
}

export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash < 0 ? '' : path.slice(0, slash)
}

export function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
