import type { CompiledRule } from '../../program.ts'

/** gitleaks' names of what has no provider → whether a rule of ours is one of those. */
const unowned: Readonly<Record<string, (rule: CompiledRule) => boolean>> = {
  'generic-api-key': ({ provider, matcher }) => provider === 'generic' && matcher?.kind === 'assignment',
  'curl-auth-header': ({ id }) => /basic|bearer|header/.test(id),
  'curl-auth-user': ({ id }) => /basic/.test(id),
  'private-key': ({ id }) => /private-key/.test(id),
  jwt: ({ id }) => id === 'jwt',
  'jwt-base64': ({ id }) => id === 'jwt',
}

/**
 * The rules of ours that stand for one of gitleaks' or betterleaks' default rules: of the same id, or else of the
 * provider whose id that one's begins with; their generic rule covers more than ours of that name. Empty for what we have nothing of.
 */
export function findByTheirName(rules: readonly CompiledRule[], id: string): CompiledRule[] {
  const theirs = rules.filter(rule => rule.id === id && rule.isExact)
  if (theirs.length > 0) return theirs
  const isIt = unowned[id]
  if (isIt) return rules.filter(isIt)
  const same = rules.filter(rule => rule.id === id)
  if (same.length > 0) return same
  const providers = [...new Set(rules.map(({ provider }) => provider))]
  const owner = providers
    .filter(provider => id === provider || id.startsWith(`${provider}-`))
    .sort((a, b) => b.length - a.length)[0]
  return owner === undefined ? [] : rules.filter(({ provider }) => provider === owner)
}
