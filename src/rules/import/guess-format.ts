import type { RuleFormat } from './index.ts'

/** Whose rule file a text is; undefined for none that we know. */
export function guessFormat(text: string): RuleFormat | undefined {
  if (/^[ \t]*\[+[ \t]*(?:rules|allowlists?|extend)\b/im.test(text)) {
    return /^[ \t]*(?:betterleaksMinVersion|filter|prefilter|validate|specificity)[ \t]*=/im.test(text)
      ? 'betterleaks'
      : 'gitleaks'
  }
  if (!/^rule(?:s|sets)[ \t]*:/m.test(text)) return undefined
  if (/^[ \t-]*id[ \t]*:[ \t]*["']?kingfisher\./m.test(text)) return 'kingfisher'
  if (/^[ \t]+(?:depends_on_rule|visible|validation|confidence|prevalidated)[ \t]*:/m.test(text))
    return 'kingfisher'
  return /^[ \t]+(?:min_entropy|pattern_requirements)[ \t]*:/m.test(text) ? 'titus' : 'noseyparker'
}
