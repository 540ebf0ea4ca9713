/** What speaks against acting upon a secret: where it lies, what its name says, and how many have it by design. */
import { isForBrowsers } from './browser-names.ts'
import type { EnvFile, KeyFact } from './facts.ts'
import { isExamplePath } from './file-names.ts'
import { folderOf, isOwn, isProviders } from './problem.ts'

type Holder = Pick<EnvFile, 'path' | 'stage'> & Partial<Pick<EnvFile, 'tracked'>>
export type Doubt = { doubt?: string }

/** From here on several things say that a value is there for everybody. */
const PUBLIC = 2

/** Of what git tracks `tracked` says already that it has to be replaced. */
export const inGitAnyway: Doubt = { doubt: 'git has it, so that it has to be replaced anyway' }

/** Nothing but evidence for all, or for one of several keys, is no doubt. */
export function doubtAll<T>(things: readonly T[], doubtAbout: (thing: T) => string | undefined): Doubt {
  const doubts = things.map(doubtAbout)
  const [first] = doubts
  return first === undefined || doubts.includes(undefined) ? {} : { doubt: first }
}

export function doubtSecrets(keys: readonly KeyFact[], file: Holder): Doubt {
  return doubtMost(keys, key => doubtAboutSecret(key, file))
}

/**
 * What most of a file's secrets are, the rest is, too, unless it tells whose it is. What a project makes for itself tells nothing of
 * the rest.
 */
export function doubtMost<T extends Pick<KeyFact, 'classification'>>(
  keys: readonly T[],
  doubtAbout: (key: T) => string | undefined,
): Doubt {
  const doubts = keys.flatMap(key => doubtAbout(key) ?? [])
  const [first] = doubts
  if (first === undefined || keys.some(isSomebodys)) return {}
  const telling = doubts.filter(doubt => !tellsOfItself.has(doubt))
  return doubts.length === keys.length || telling.length * 2 > keys.length ? { doubt: first } : {}
}

/** Of a provider's form, or the login of a server elsewhere. */
function isSomebodys(key: Pick<KeyFact, 'classification'>): boolean {
  return isFormed(key) || key.classification.server === 'elsewhere'
}

/** A value that tells whose it is is somebody's, wherever it lies. */
export function doubtAboutSecret(key: KeyFact, file: Holder, most = PUBLIC): string | undefined {
  if (isFormed(key)) return undefined
  if (isShownName(key.name)) return 'its name is that of something that may be shown'
  if (isForBrowsers(key.name) && !isCalledSecret(key.name)) return 'issuers make such keys for browsers, too'
  if (!key.isInProduction && isMadeFor(file, key))
    return 'it lies where things for development, tests and examples do'
  if (key.classification.server === 'elsewhere') return undefined
  if ((key.publicity ?? 0) >= most) return 'everybody who has the project has it, by design'
  if (file.tracked && key.classification.maker === 'hand') return typed
  if (isNamedOnly(key)) return named
  return file.tracked && isOwn(key) && !key.isDeployed ? opensNothing : undefined
}

/** Demos, exercises and starters have such keys, too. */
const opensNothing = 'nothing in the file says that it protects what runs for others'
const typed = 'somebody typed it, and nothing says that it opens a server elsewhere'
const named = 'only its name says that it is a secret'

/** What these tell of one secret they tell of no other. */
const tellsOfItself = new Set([opensNothing, typed, named])

/** No rule knows it, and it does not look generated either. */
function isNamedOnly({ classification: { rule, reason, confidence, maker } }: KeyFact): boolean {
  return rule === undefined && maker !== 'hand' && confidence < GENERATED && /^named/.test(reason)
}

/** How sure it is of a generated value under the name of a secret. */
const GENERATED = 0.7

/** Of a form that its provider gives to nothing else. */
export function isFormed(key: Pick<KeyFact, 'classification'>): boolean {
  return isProviders(key) && !key.classification.isKnownByName
}

export function isCalledSecret(name: string): boolean {
  return /SECRET|PRIVATE|PASS/i.test(name)
}

/** `FLIP_TOKEN_ADDRESS`, `SEGMENT_WRITE_KEY`: ids, addresses, and keys that are handed out. */
function isShownName(name: string): boolean {
  return (
    /(?:^|_)(?:ID|UUID|GUID|ADDRESS|ADDR|SITE_?KEY|WRITE_?KEY|CLIENT_?KEY|PUB(?:LIC)?_?KEY|PUBLISHABLE\w*|ANON(?:_KEY)?|FINGERPRINT|CHECKSUM|HASH|NONCE|SALT|SHA\d*|COMMIT|REVISION|VERSION|TAG|DIGEST|NAME|USER|USERNAME|EMAIL)$/i.test(
      name,
    ) && !isCalledSecret(name.replace(/_[A-Z]+$/i, ''))
  )
}

/** What others give out is worth a word in a file for development, too, but not in a folder for such things. */
function isMadeFor(file: Holder, key: KeyFact): boolean {
  return isDevelopersPath(file.path) || (file.stage === 'development' && isOwn(key))
}

export function isDevelopersPath(path: string): boolean {
  return isExamplePath(path) || developers.test(`/${folderOf(path).toLowerCase()}/`)
}

const developers =
  /[/._-](?:dev|devel|develop|development|local|localnet|localhost|devnet|testnet|regtest|sandbox|quickstart|demos?|examples?|samples?|playgrounds?|tutorials?|workshops?|labs?|courses?|exercises?|tests?|testing|e2e|spec|fixtures|mocks?|bench|benchmarks?|devcontainer)(?=[/._-])/
