import type { Rule, RuleAllowlist } from '../rule-file.ts'
import type { GitleaksAllowlist, GitleaksRule } from './read-gitleaks-config.ts'

/** A whole rule of theirs as one of ours. */
export function toRule(rule: GitleaksRule): Rule {
  return {
    id: rule.id,
    description: rule.description,
    ...(rule.regex === '' ? {} : { regex: rule.regex }),
    ...(rule.path === '' ? {} : { path: rule.path }),
    ...(rule.secretgroup ? { secretGroup: rule.secretgroup } : {}),
    ...(rule.entropy ? { entropy: rule.entropy } : {}),
    keywords: rule.keywords.filter(keyword => keyword !== ''),
    skipReport: rule.skipreport,
    exact: true,
    // gitleaks drops a "generic" finding where another rule found the same.
    specificity: rule.specificity ?? (rule.id.includes('generic') ? 10 : 100),
    required: rule.required.map(({ id, withinlines, withincolumns }) => ({
      id,
      ...(withinlines === undefined ? {} : { withinLines: withinlines }),
      ...(withincolumns === undefined ? {} : { withinColumns: withincolumns }),
    })),
    allowlists: rule.allowlists.map(toAllowlist),
    tags: rule.tags,
    examples: [],
    counterexamples: [],
    references: [],
  }
}

export function toAllowlist(list: GitleaksAllowlist): RuleAllowlist {
  const { description, commits, paths, regexes, stopwords, targetrules, condition, regextarget } = list
  const target = regextarget.toLowerCase()
  return {
    description,
    condition: /^(?:and|&&)$/i.test(condition) ? 'AND' : 'OR',
    commits,
    paths,
    regexes,
    regexTarget: target === 'match' || target === 'line' ? target : 'secret',
    stopwords,
    targetRules: targetrules,
  }
}
