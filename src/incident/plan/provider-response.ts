import type { ActionClass, StrategyId } from './plan.ts'
import { tidyCommand } from './tidy-command.ts'

/** What a provider's rule file says about one thing to do. */
export interface ProviderAction {
  class?: ActionClass | undefined
  steps: readonly string[]
  source?: string | undefined
  /** The day on which it was last compared with the issuer's documentation. */
  checked?: string | undefined
  /** Why it never was. */
  unchecked?: string | undefined
  quirks: readonly string[]
}

/** The `[response]` of a provider's rule file. */
export interface ProviderResponse {
  exposes: string
  /** Where its owner revokes it by hand. */
  console?: string | undefined
  strategy: StrategyId
  propagation?: string | undefined
  quirks: readonly string[]
  identify?: ProviderAction | undefined
  revoke?: ProviderAction | undefined
  rotate?: ProviderAction | undefined
  audit?: ProviderAction | undefined
}

/** What a step of the checklist takes from the provider. */
export type ProviderUse = 'identify' | 'revoke' | 'rotate' | 'verify' | 'delete' | 'audit'

/** A revocation's steps that come after the audit: to delete what is disabled. */
const later = /^After the audit: /

const nothing: ProviderAction = { steps: [], quirks: [] }

export function takeAction(response: ProviderResponse, use: ProviderUse): ProviderAction {
  const action = pickAction(response, use)
  return { ...action, steps: action.steps.map(tidyCommand) }
}

/** What is done by hand is done there. */
function withConsole(action: ProviderAction, { console }: ProviderResponse): ProviderAction {
  return console === undefined ? action : { ...action, steps: [...action.steps, `Console: ${console}`] }
}

function pickAction(response: ProviderResponse, use: ProviderUse): ProviderAction {
  const { identify = nothing, revoke = nothing } = response
  if (use === 'verify') return identify
  if (use === 'revoke')
    return withConsole({ ...revoke, steps: revoke.steps.filter(step => !later.test(step)) }, response)
  if (use === 'delete') return { ...revoke, quirks: [], steps: deletion(revoke) }
  return response[use] ?? nothing
}

function deletion({ steps }: ProviderAction): string[] {
  const said = steps.filter(step => later.test(step)).map(step => step.replace(later, ''))
  return said.length > 0 ? said : steps.filter(step => /\bdelet(?:e|ing)\b/i.test(step))
}
