import type { ActionClass, StrategyId } from './plan.ts'
import { tidyCommand } from './tidy-command.ts'

/** What a provider's rule file says about one thing to do. */
export interface ProviderAction {
  class?: ActionClass | undefined
  steps: readonly string[]
  source?: string | undefined
  quirks: readonly string[]
}

/** The `[response]` of a provider's rule file. */
export interface ProviderResponse {
  exposes: string
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

function pickAction(response: ProviderResponse, use: ProviderUse): ProviderAction {
  const { identify = nothing, revoke = nothing } = response
  if (use === 'verify') return identify
  if (use === 'revoke') return { ...revoke, steps: revoke.steps.filter(step => !later.test(step)) }
  if (use === 'delete') return { ...revoke, quirks: [], steps: deletion(revoke) }
  return response[use] ?? nothing
}

function deletion({ steps }: ProviderAction): string[] {
  const said = steps.filter(step => later.test(step)).map(step => step.replace(later, ''))
  return said.length > 0 ? said : steps.filter(step => /\bdelet(?:e|ing)\b/i.test(step))
}
