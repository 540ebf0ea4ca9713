import { UserError } from '../errors.ts'

/** Every way in which a store can fail. A closed set: callers decide by it. */
export const secretErrorKinds = [
  'not-found',
  'version-not-found',
  'access-denied',
  'unauthenticated',
  'throttled',
  'already-exists',
  'conflict',
  'invalid-name',
  'too-large',
  'empty-not-allowed',
  'pending-deletion',
  'unavailable',
  'decode',
] as const
export type SecretErrorKind = (typeof secretErrorKinds)[number]

export interface SecretErrorAbout {
  store: string
  stage?: string | undefined
  /** The entries in question; a trouble of the whole store names none. */
  names?: readonly string[]
  /** What the store says, or which limit it is. Never a value. */
  reason?: string | undefined
  /** How long the store wants to be left alone. */
  retryAfterMs?: number | undefined
  /** Set where the kind alone does not tell: a broken answer may be temporary. */
  retryable?: boolean
  hint?: string | undefined
}

/** A store's refusal or trouble. Holds names and reasons, never a value. */
export class SecretError extends UserError {
  override readonly name = 'SecretError'
  readonly kind: SecretErrorKind
  readonly store: string
  readonly stage: string | undefined
  readonly names: readonly string[]
  readonly reason: string | undefined
  readonly retryAfterMs: number | undefined
  /** Whether the same call may succeed later. */
  readonly retryable: boolean

  constructor(kind: SecretErrorKind, about: SecretErrorAbout) {
    super(messageOf(kind, about), about.hint ?? hints[kind])
    this.kind = kind
    this.store = about.store
    this.stage = about.stage
    this.names = about.names ?? []
    this.reason = about.reason
    this.retryAfterMs = about.retryAfterMs
    this.retryable = about.retryable ?? (kind === 'throttled' || kind === 'unavailable')
  }
}

/** Nothing can be read there: no entry, or one that was removed and still holds its name. */
export function isAbsent({ kind }: SecretError): boolean {
  return kind === 'not-found' || kind === 'pending-deletion'
}

/** What is said of the store, and what joins it to the names of entries where there are any. */
const says: Record<SecretErrorKind, [said: string, joint: string]> = {
  'not-found': ['has no entry', ''],
  'version-not-found': ['has no such version', ' of'],
  'access-denied': ['denies access', ' to'],
  unauthenticated: ['does not know who asks', ' for'],
  throttled: ['is asked too often', ' for'],
  'already-exists': ['has an entry already', ':'],
  conflict: ['has another version now', ' of'],
  'invalid-name': ['cannot take the name', ''],
  'too-large': ['cannot take so large a value', ' as'],
  'empty-not-allowed': ['cannot take an empty value', ' as'],
  'pending-deletion': ['still holds a deleted entry', ''],
  unavailable: ['cannot be reached', ' for'],
  decode: ['cannot use the value', ' of'],
}

const hints: Record<SecretErrorKind, string> = {
  'not-found': 'Check the name, the stage and the namespace; "stanch vault list" shows what is there.',
  'version-not-found': 'See "stanch vault history KEY" for the versions that are kept.',
  'access-denied': 'See "stanch vault policy" for the rights that are needed.',
  unauthenticated: 'Log in to the store, or give its credentials; docs/vaults.md says how for each.',
  throttled: 'Try again later.',
  'already-exists': 'Choose what happens with entries that are there: skip or overwrite.',
  conflict: 'Somebody else has written it; read it again.',
  'invalid-name': 'Use another name; docs/vaults.md has the rules of each store.',
  'too-large': 'Use a store that takes more, or keep the large part elsewhere.',
  'empty-not-allowed': 'Leave the entry out, or write it into the template as it is.',
  'pending-deletion': 'Restore or purge it in the store, or wait until its time is over.',
  unavailable: 'Check the address and the network; it may be temporary.',
  decode: 'The entry is no text of this form; look at it with the tools of the store.',
}

function messageOf(kind: SecretErrorKind, { store, stage, names = [], reason }: SecretErrorAbout): string {
  const [said, joint] = says[kind]
  const entries = names.length > 0 ? `${joint} ${names.map(name => JSON.stringify(name)).join(', ')}` : ''
  const where = stage === undefined ? '' : ` (stage ${stage})`
  return `${store} ${said}${entries}${where}${reason ? `: ${oneLine(reason)}` : ''}`
}

/** What a server says is shown on a terminal: one line, no control characters, not for ever. */
function oneLine(text: string): string {
  return text
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, 300)
}
