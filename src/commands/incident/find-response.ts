import { existsSync, readdirSync } from 'node:fs'
import { UserError } from '../../errors.ts'
import type { ProviderResponse } from '../../incident/plan/provider-response.ts'
import { type Severity, severities } from '../../model.ts'
import { parseRuleFile, type RuleFile } from '../../rules/rule-file.ts'
import { nearest } from '../../settings/nearest.ts'
import { assetPath, readAsset } from '../../system/assets.ts'
import { readBuiltInRules } from '../rule-files.ts'

/** What the rules know of a kind of credential. */
export interface KnownCredential {
  provider: string
  name: string
  response: ProviderResponse
  severity: Severity
}

/**
 * By a rule, else by a provider.
 * @throws UserError with the nearest name
 */
export function findCredential(provider: string | undefined, rule: string | undefined): KnownCredential {
  if (rule !== undefined) return findByRule(rule, provider)
  if (provider !== undefined) return findByProvider(provider)
  throw new UserError('what leaked?', 'Give --finding REPORT, --provider NAME or --rule ID.')
}

function findByProvider(id: string): KnownCredential {
  const file = readProvider(id) ?? readGeneric(id)
  if (file) return describe(id, file)
  const near = nearest(id, listProviders())
  throw new UserError(
    `provider "${id}" does not exist`,
    near
      ? `Did you mean ${near}?`
      : 'Run "stanch rules list" to see all; "generic" is for what has no provider.',
  )
}

/** A rule's name begins with its provider's, so one file is read and not a thousand. */
function findByRule(id: string, provider: string | undefined): KnownCredential {
  const words = id.split('-')
  const names = [provider, ...words.map((_, i) => words.slice(0, words.length - i).join('-'))]
  const near = names.flatMap(name => (name === undefined ? [] : (readProvider(name) ?? [])))
  const files = near.some(file => has(file, id)) ? near : readBuiltInRules().map(({ file }) => file)
  const file = files.find(known => has(known, id))
  if (!file && provider !== undefined && near[0]) return describe(provider, near[0])
  if (!file) throw new UserError(`rule "${id}" does not exist`, 'Run "stanch rules list" to see all.')
  return describe(file.provider?.id ?? 'generic', file, id)
}

function has({ rules }: RuleFile, id: string): boolean {
  return rules.some(rule => rule.id === id)
}

function readProvider(id: string): RuleFile | undefined {
  const shown = `rules/providers/${id}.toml`
  if (!/^[a-z0-9-]+$/.test(id) || !existsSync(assetPath(shown))) return undefined
  return readShipped(shown)
}

/** `generic` is a token of unknown origin; `private-keys` and `jwt` have their own answer. */
function readGeneric(id: string): RuleFile | undefined {
  const name = generic[id]
  if (name === undefined) return undefined
  return readShipped(`rules/generic/${name}.toml`)
}

function readShipped(shown: string): RuleFile {
  return parseRuleFile(shown, readAsset(shown).toString('utf8')).file
}

const generic: Readonly<Record<string, string>> = {
  generic: 'tokens',
  jwt: 'jwt',
  'private-key': 'private-keys',
}

function listProviders(): string[] {
  const files = readdirSync(assetPath('rules/providers')).map(name => name.replace(/\.toml$/, ''))
  return [...files, ...Object.keys(generic)]
}

function describe(id: string, { provider, rules, response }: RuleFile, ruleId?: string): KnownCredential {
  const rule = rules.find(known => known.id === ruleId)
  const all = rule ? [rule] : rules
  const severity =
    severities.findLast(level => all.some(known => (known.severity ?? 'high') === level)) ?? 'high'
  return {
    provider: id,
    name: provider?.name ?? id,
    response: response ?? findByProvider('generic').response,
    severity,
  }
}
