import { UserError } from '../../errors.ts'
import type { Rule } from '../rule-file.ts'
import { foreignRule, type ImportedFile, type ImportProblem, toRuleId } from './imported.ts'
import type { YamlRule } from './read-yaml-rules.ts'
import { requirementLists } from './requirement-lists.ts'
import { splitExample } from './split-example.ts'
import { toRe2 } from './to-re2.ts'

/** What a tool's rules say besides what all of them say. */
export type OwnFields = (rule: YamlRule) => Partial<Rule>

export function translateYamlRules(
  name: string,
  rules: readonly YamlRule[],
  ownFields: OwnFields,
): ImportedFile {
  const problems: ImportProblem[] = []
  const translated = rules.flatMap(rule => translate(name, rule, ownFields, problems))
  const liveChecks = rules.filter(({ validation }) => validation !== undefined).length
  return { name, rules: translated, allowlists: [], problems, liveChecks }
}

function translate(file: string, rule: YamlRule, ownFields: OwnFields, problems: ImportProblem[]): Rule[] {
  const own = ownFields(rule)
  if (rule.pattern_requirements?.checksum !== undefined)
    problems.push({
      file,
      rule: rule.id,
      isLost: false,
      reason: 'its checksum is not evaluated, so it reports more',
    })
  try {
    return [
      foreignRule({
        id: toRuleId(rule.id),
        description: rule.name,
        regex: toRe2(rule.pattern, 'rust'),
        tags: (rule.categories ?? []).map(String),
        examples: (rule.examples ?? []).map(text => splitExample(String(text))),
        counterexamples: (rule.negative_examples ?? []).map(text => splitExample(String(text))),
        references: (rule.references ?? []).map(String),
        ...own,
      }),
    ]
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    problems.push({ file, rule: rule.id, isLost: true, reason: error.message })
    return []
  }
}

/** `min_entropy` and `pattern_requirements`, which kingfisher and titus know. */
export function readLimits({ min_entropy, pattern_requirements }: YamlRule): Partial<Rule> {
  return {
    ...(min_entropy ? { entropy: min_entropy } : {}),
    ...(pattern_requirements ? { allowlists: requirementLists(pattern_requirements) } : {}),
  }
}
