import type { Severity } from '../model.ts'
import type { EnvFile, KeyFact, ProjectFacts } from './facts.ts'
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

/** From here on a name and a value together make a secret; below it only the name does, and the value is a mere word. */
const SECRET = 0.5

export function isSecret({ classification }: Pick<KeyFact, 'classification'>): boolean {
  return classification.class === 'secret' && classification.confidence >= SECRET
}

/**
 * The secrets that stand in a file in clear. What tests use is made up for them, unless it has a provider's form and is
 * not of its test mode.
 */
export function secretsOf(file: Pick<EnvFile, 'path' | 'kind' | 'stage' | 'keys'>): KeyFact[] {
  if (file.kind === 'encrypted') return []
  const secrets = file.keys.filter(isSecret)
  return isForTests(file) ? secrets.filter(isProviders) : secrets
}

/** Of a form that only its provider gives out, and not of a test mode. */
export function isProviders({
  classification: { provider, mode, rule = '' },
}: Pick<KeyFact, 'classification'>): boolean {
  return provider !== undefined && !homemade.has(provider) && mode !== 'test' && !/-url-password$/.test(rule)
}

/** Frameworks whose keys everybody makes, for each installation anew. */
const homemade = new Set(['django', 'generic', 'laravel', 'rails', 'viewstate', 'wireguard'])

export function isForTests({ path, stage }: Pick<EnvFile, 'path' | 'stage'>): boolean {
  return (
    stage === 'test' ||
    stage === 'ci' ||
    /(?:^|\/)(?:tests?|__tests__|specs?|fixtures?|testdata|e2e|ci|mocks?|travis)(?:\/|$)/i.test(
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
