import type { Secret } from '../model.ts'
import { SecretError, type SecretErrorKind } from './secret-error.ts'
import { StoredSecret, type Vault, type Wanted } from './vault.ts'

/** A secret that a program wants, and under which name. */
export interface Requirement extends Wanted {
  /** Its name in the result; default is the entry's. */
  as?: string
  /** Without it the program can do, too. Covers what is not there, never what is denied or cannot be reached. */
  optional?: boolean
  /** The value where the entry is not there. */
  default?: string
  /** Says what is wrong with a value, without quoting it. */
  validate?: (secret: Secret) => string | undefined
}

type NameOf<R extends Requirement> = R extends { as: infer As extends string } ? As : R['name']
type ValueOf<R extends Requirement> = R extends { default: string }
  ? StoredSecret
  : R extends { optional: true }
    ? StoredSecret | undefined
    : StoredSecret

/** What requirements come to: a property for each of them. */
export type Fulfilled<R extends readonly Requirement[]> = { [One in R[number] as NameOf<One>]: ValueOf<One> }

/**
 * Reads all that a program wants at once. What is missing is told together, in one error.
 * @throws SecretError
 */
export async function fulfil<const R extends readonly Requirement[]>(
  vault: Vault,
  requirements: R,
  options: { signal?: AbortSignal | undefined } = {},
): Promise<Fulfilled<R>> {
  refuseDoubles(vault, requirements)
  const outcomes = await vault.getMany(requirements, options)
  const chosen = requirements.map((requirement, at) => choose(vault, requirement, outcomes[at]!))
  refuseTroubles(vault, chosen)
  return Object.fromEntries(
    requirements.map(({ name, as = name }, at) => [as, chosen[at]]),
    // What `choose` gave is what the type says of each requirement.
  ) as Fulfilled<R>
}

function refuseDoubles(vault: Vault, requirements: readonly Requirement[]): void {
  const names = requirements.map(({ name, as = name }) => as)
  const double = names.filter((name, at) => names.indexOf(name) !== at)
  if (double.length > 0)
    throw new SecretError('invalid-name', {
      store: vault.store,
      stage: vault.stage,
      names: double,
      reason: 'two requirements have this name in the result; tell them apart with "as"',
    })
}

const absent: readonly SecretErrorKind[] = ['not-found', 'version-not-found']

function choose(
  vault: Vault,
  requirement: Requirement,
  outcome: StoredSecret | SecretError,
): StoredSecret | SecretError | undefined {
  const { name, optional, default: value, validate } = requirement
  const { store, stage } = vault
  if (outcome instanceof SecretError) {
    if (!absent.includes(outcome.kind)) return outcome
    if (value !== undefined) return new StoredSecret(value, { name, store })
    return optional ? undefined : outcome
  }
  const reason = validate?.(outcome)
  return reason === undefined ? outcome : new SecretError('decode', { store, stage, names: [name], reason })
}

/** One error names all entries of its kind; what cannot be read is graver than what is not there. */
function refuseTroubles(vault: Vault, chosen: readonly (StoredSecret | SecretError | undefined)[]): void {
  const errors = chosen.filter(one => one instanceof SecretError)
  const first = errors.find(({ kind }) => !absent.includes(kind)) ?? errors[0]
  if (!first) return
  const names = errors.filter(({ kind }) => kind === first.kind).flatMap(error => error.names)
  const { kind, reason, retryAfterMs, retryable } = first
  throw new SecretError(kind, {
    store: vault.store,
    stage: vault.stage,
    names: [...new Set(names)],
    reason,
    retryAfterMs,
    retryable,
  })
}
