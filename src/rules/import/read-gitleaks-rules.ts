import { type GitleaksRule, readGitleaksConfig } from '../gitleaks/read-gitleaks-config.ts'
import { toAllowlist, toRule } from '../gitleaks/to-rule.ts'
import type { Rule } from '../rule-file.ts'
import { applyFilter } from './apply-filter.ts'
import { type ImportedFile, type ImportProblem, toRuleId } from './imported.ts'

/** A config of gitleaks 8 or betterleaks 1. */
export function readGitleaksRules(name: string, text: string): ImportedFile {
  const config = readGitleaksConfig(name, text)
  const shared = applyFilter([config.filter, config.prefilter])
  const reasons = [...shared.problems]
  if (shared.entropy !== undefined) reasons.push('the entropy limit for all rules is not evaluated')
  const { usedefault, path, disabledrules } = config.extend
  if (usedefault || path || disabledrules.length > 0)
    reasons.push('what it extends is not followed; import that file as well')
  const translated = config.rules.map(rule => translate(name, rule))
  return {
    name,
    rules: translated.flatMap(({ rule }) => rule ?? []),
    allowlists: [...config.allowlists.map(toAllowlist), ...shared.allowlists].map(list => ({
      ...list,
      targetRules: list.targetRules.map(toRuleId),
    })),
    problems: [
      ...reasons.map(reason => ({ file: name, reason, isLost: false })),
      ...translated.flatMap(({ problems }) => problems),
    ],
    liveChecks: config.rules.filter(({ validate }) => validate !== '').length,
  }
}

function translate(file: string, theirs: GitleaksRule): { rule?: Rule; problems: ImportProblem[] } {
  if (theirs.regex === '' && theirs.path === '') {
    const reason = 'it has neither regex nor path, so it only changes a rule of the config that it extends'
    return { problems: [{ file, rule: theirs.id, reason, isLost: true }] }
  }
  const rule = toRule(theirs)
  const filter = applyFilter([theirs.filter, theirs.prefilter])
  const entropies = [rule.entropy, filter.entropy].filter(limit => limit !== undefined)
  const reasons = theirs.tokenefficiency
    ? [...filter.problems, 'tokenEfficiency is not evaluated, so it reports more']
    : filter.problems
  return {
    rule: {
      ...rule,
      id: toRuleId(rule.id),
      ...(entropies.length ? { entropy: Math.max(...entropies) } : {}),
      required: rule.required.map(need => ({ ...need, id: toRuleId(need.id) })),
      allowlists: [...rule.allowlists, ...filter.allowlists],
    },
    problems: reasons.map(reason => ({ file, rule: theirs.id, reason, isLost: false })),
  }
}
