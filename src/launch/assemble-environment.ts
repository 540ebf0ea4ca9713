import { createCredentialTest, isOwnVariable } from './store-credentials.ts'

export type Variables = Readonly<Record<string, string>>

export interface EnvironmentParts {
  /** What we were started with. */
  inherited: Readonly<Record<string, string | undefined>>
  /** Of `--env-file`. */
  file: Variables
  /** Of the template or the store. */
  given: Variables
}

export interface EnvironmentRules {
  /** False gives `file`, `given` and what `keep` names. */
  inherit: boolean
  /** Names that are handed down whatever the other rules say. */
  keep: readonly string[]
  /** Kinds of stores that were read. */
  storeTypes: Iterable<string>
  passCredentials: boolean
}

export interface Assembled {
  variables: Variables
  /** Names that were inherited with another value. */
  replaced: string[]
  /** Credentials of the store that are not handed down. */
  withheld: string[]
}

/** Later ones win: inherited, `file`, `given`. */
export function assembleEnvironment(parts: EnvironmentParts, rules: EnvironmentRules): Assembled {
  const { inherited, file, given } = parts
  const isCredential = rules.passCredentials ? () => false : createCredentialTest(rules.storeTypes)
  const variables: Record<string, string> = {}
  const withheld: string[] = []
  for (const [name, value] of Object.entries(inherited)) {
    if (value === undefined) continue
    const isKept = rules.keep.includes(name)
    if (isKept || (rules.inherit && !isCredential(name))) variables[name] = value
    else if (rules.inherit && !isOwnVariable(name)) withheld.push(name)
  }
  const own = { ...file, ...given }
  const replaced = Object.keys(own).filter(name => (variables[name] ?? own[name]) !== own[name])
  return {
    variables: { ...variables, ...own },
    replaced,
    withheld: withheld.filter(name => !Object.hasOwn(own, name)),
  }
}
