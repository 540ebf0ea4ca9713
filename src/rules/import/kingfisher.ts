import type { ImportedFile } from './imported.ts'
import { readYamlRules } from './read-yaml-rules.ts'
import { readLimits, translateYamlRules } from './translate-yaml-rules.ts'

/** Its `low` is not reported unless asked for, and so it is here. */
const confidences = { low: 0.4, medium: 0.7, high: 0.9 }

/** Facts: kingfisher 1.10, src/rules/rule.rs. `depends_on_rule` only feeds the live check. */
export function readKingfisher(name: string, text: string): ImportedFile {
  const rules = readYamlRules(name, text).map(rule => ({ ...rule, pattern: withoutComments(rule.pattern) }))
  return translateYamlRules(name, rules, rule => ({
    ...readLimits(rule),
    confidence: confidences[rule.confidence ?? 'medium'],
    skipReport: !rule.visible,
  }))
}

/** Its own comments, in patterns without the flag `x` too. */
function withoutComments(pattern: string): string {
  return pattern.replace(/\(\?#[^)]*\)/g, '').replace(/[ \t]#[A-Za-z \t]*$/gm, '')
}
