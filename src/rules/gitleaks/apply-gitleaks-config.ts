import { UserError } from '../../errors.ts'
import type { CompiledRule, Program } from '../../program.ts'
import { compileAllowlist, compileProgram } from '../compile-program.ts'
import { mergePrograms } from '../merge-programs.ts'
import type { GitleaksConfig, GitleaksRule } from './read-gitleaks-config.ts'
import { findByTheirName } from './rules-by-their-name.ts'
import { toAllowlist, toRule } from './to-rule.ts'

export interface AppliedConfig {
  program: Program
  /** What could not be honoured, for people. */
  notes: string[]
}

/**
 * The rules that a config of gitleaks or betterleaks asks for. Where it extends "the default", that is ours: rules of ours
 * stand for those of theirs that it disables or adds allowlists to.
 * @param builtIn our rules, when the config extends the default
 * @param others literals that the program shall hold besides
 * @throws UserError
 */
export function applyGitleaksConfig(
  name: string,
  config: GitleaksConfig,
  builtIn: Program | undefined,
  others: readonly string[],
): AppliedConfig {
  const notes: string[] = []
  const global = config.allowlists.map(toAllowlist)
  const whole = config.rules.filter(rule => rule.id !== '' && isWhole(rule))
  const partial = config.rules.filter(rule => !whole.includes(rule))
  if (config.filter || config.prefilter)
    notes.push(`${name}: its filter is not evaluated, so more is reported`)
  for (const rule of whole) {
    if (rule.filter || rule.prefilter || rule.tokenefficiency)
      notes.push(`${name}: rule "${rule.id}": its filter is not evaluated, so more is reported`)
  }
  const exact = compileProgram([{ name, file: { rules: whole.map(toRule), allowlists: global } }], others)
  if (!builtIn) {
    for (const rule of partial) refuse(name, rule)
    return { program: exact, notes }
  }
  const disabled = new Set(config.extend.disabledrules.flatMap(id => idsFor(id, 'disable it')))
  const kept = builtIn.rules
    .filter(({ id }) => !disabled.has(id))
    .map(rule => ({ ...rule, allowlists: [...rule.allowlists, ...globalFor(rule)] }))
  const extended = partial.reduce(extend, kept)
  return { program: mergePrograms({ ...builtIn, rules: extended }, exact), notes }

  function idsFor(id: string, what: string): string[] {
    const rules = findByTheirName(builtIn?.rules ?? [], id)
    if (rules.length === 0 && !whole.some(rule => rule.id === id))
      notes.push(`${name}: there is no rule like "${id}" here, so nothing to ${what}`)
    return rules.map(rule => rule.id)
  }

  /** Lists for some rules name them as gitleaks does. */
  function globalFor({ id }: CompiledRule) {
    return global
      .filter(
        ({ targetRules }) => targetRules.length === 0 || targetRules.some(target => isMeant(target, id)),
      )
      .map(compileAllowlist)
  }

  function isMeant(target: string, id: string): boolean {
    return findByTheirName(builtIn?.rules ?? [], target).some(rule => rule.id === id)
  }

  /** An entry without regex and path adds to a rule of the default: scalars win, lists are appended. */
  function extend(rules: CompiledRule[], addition: GitleaksRule): CompiledRule[] {
    if (addition.id === '') refuse(name, addition)
    const wanted = new Set(idsFor(addition.id, 'extend'))
    return rules.map(rule => (wanted.has(rule.id) ? extendRule(rule, addition) : rule))
  }
}

function isWhole({ regex, path }: GitleaksRule): boolean {
  return regex !== '' || path !== ''
}

function refuse(name: string, { id }: GitleaksRule): never {
  if (id === '') throw new UserError(`${name}: a rule without an id`, 'Every rule needs an id.')
  throw new UserError(
    `${name}: rule "${id}": neither regex nor path`,
    'Give it one, or extend the default rules: [extend] useDefault = true.',
  )
}

function extendRule(rule: CompiledRule, addition: GitleaksRule): CompiledRule {
  // Where several rules of ours stand for one of theirs, its numbers are not about them.
  const isSame = rule.id === addition.id
  return {
    ...rule,
    ...(isSame && addition.description ? { description: addition.description } : {}),
    ...(isSame && addition.entropy ? { entropy: addition.entropy } : {}),
    ...(isSame && addition.secretgroup ? { secretGroup: addition.secretgroup } : {}),
    allowlists: [...rule.allowlists, ...addition.allowlists.map(toAllowlist).map(compileAllowlist)],
  }
}
