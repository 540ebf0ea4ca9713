/** The text of a rule file (TOML) → validated data. The form is described in docs/rules.md; gitleaks' fields mean what they mean there. */
import * as v from 'valibot'
import { UserError } from '../errors.ts'
import { severities } from '../model.ts'
import { readToml } from '../settings/read-toml.ts'

const text = v.pipe(v.string(), v.nonEmpty())
const id = v.pipe(v.string(), v.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be in kebab-case'))
/** Duration of ISO 8601 as far as we need it. */
const duration = v.pipe(
  v.string(),
  v.regex(/^P(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+S)?)?$/, 'must be an ISO 8601 duration'),
)
/** Pieces are joined at load, so that no rule file holds a literal secret. */
const pieces = v.pipe(v.array(v.string()), v.minLength(1))

const allowlistSchema = v.strictObject({
  id: v.optional(v.string()),
  description: v.optional(v.string()),
  condition: v.optional(v.picklist(['OR', 'AND', 'or', 'and', '||', '&&'])),
  commits: v.optional(v.array(v.string()), []),
  paths: v.optional(v.array(v.string()), []),
  regexes: v.optional(v.array(v.string()), []),
  regexTarget: v.optional(v.picklist(['secret', 'match', 'line', ''])),
  stopwords: v.optional(v.array(v.string()), []),
  targetRules: v.optional(v.array(v.string()), []),
})

const assignmentSchema = v.strictObject({
  names: v.pipe(v.array(v.pipe(v.string(), v.minLength(2))), v.minLength(1)),
  with: v.optional(v.array(text), []),
  alphabet: v.optional(text, 'printable'),
  length: v.optional(
    v.union([v.pipe(v.number(), v.integer()), v.pipe(v.array(v.pipe(v.number(), v.integer())), v.length(2))]),
  ),
  prefix: v.optional(v.string(), ''),
  judge: v.optional(v.picklist(['password', 'token'])),
})

const ruleSchema = v.strictObject({
  id,
  description: v.optional(v.string(), ''),
  severity: v.optional(v.picklist(severities)),
  confidence: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  specificity: v.optional(v.pipe(v.number(), v.integer())),
  regex: v.optional(v.string()),
  path: v.optional(v.string()),
  secretGroup: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  entropy: v.optional(v.number()),
  reach: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  keywords: v.optional(v.array(text), []),
  checksum: v.optional(text),
  assignment: v.optional(assignmentSchema),
  tags: v.optional(v.array(v.string()), []),
  skipReport: v.optional(v.boolean(), false),
  exact: v.optional(v.boolean(), false),
  required: v.optional(
    v.array(
      v.strictObject({
        id: text,
        withinLines: v.optional(v.number()),
        withinColumns: v.optional(v.number()),
      }),
    ),
    [],
  ),
  allowlists: v.optional(v.array(allowlistSchema), []),
  examples: v.optional(v.array(pieces), []),
  counterexamples: v.optional(v.array(pieces), []),
  references: v.optional(v.array(v.string()), []),
})

const actionSchema = v.strictObject({
  class: v.optional(v.picklist(['anonymous', 'self', 'owner', 'console', 'none'])),
  steps: v.optional(v.array(text), []),
  source: v.optional(v.string()),
  /** The day on which the steps were last compared with what the issuer says; none where they never were. */
  checked: v.optional(v.pipe(v.string(), v.isoDate())),
  /** Why they never were. */
  unchecked: v.optional(text),
  quirks: v.optional(v.array(text), []),
})

const responseSchema = v.strictObject({
  exposes: text,
  /** Where its owner revokes it by hand. */
  console: v.optional(v.pipe(v.string(), v.startsWith('https://'))),
  strategy: v.optional(v.picklist(['concurrent', 'graceful', 'dual-read', 'cut-first']), 'concurrent'),
  propagation: v.optional(duration),
  rotationDays: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  quirks: v.optional(v.array(text), []),
  identify: v.optional(actionSchema),
  revoke: v.optional(actionSchema),
  rotate: v.optional(actionSchema),
  audit: v.optional(actionSchema),
})

const ruleFileSchema = v.strictObject({
  title: v.optional(v.string()),
  description: v.optional(v.string()),
  provider: v.optional(
    v.strictObject({
      id,
      name: text,
      docs: v.optional(v.string()),
      exhaustive: v.optional(v.array(v.pipe(v.string(), v.regex(/^[a-z0-9]{3,}$/))), []),
    }),
  ),
  rules: v.optional(v.array(ruleSchema), []),
  allowlists: v.optional(v.array(allowlistSchema), []),
  response: v.optional(responseSchema),
})

export type RuleFile = v.InferOutput<typeof ruleFileSchema>
export type Rule = v.InferOutput<typeof ruleSchema>
export type RuleAllowlist = v.InferOutput<typeof allowlistSchema>
export type Assignment = v.InferOutput<typeof assignmentSchema>
export type Response = v.InferOutput<typeof responseSchema>

/** A rule file with the name it is known by. */
export interface NamedRuleFile {
  name: string
  file: RuleFile
}

/**
 * Reads one rule file.
 * @throws UserError that names the file, the rule and the field.
 */
export function parseRuleFile(name: string, source: string): NamedRuleFile {
  const file = readToml(name, source, ruleFileSchema, 'docs/rules.md')
  for (const rule of file.rules) checkRule(name, rule)
  return { name, file }
}

function checkRule(name: string, rule: Rule): void {
  if (rule.regex !== undefined && rule.assignment !== undefined) {
    throw new UserError(
      `${name}: rule "${rule.id}": regex and assignment exclude each other`,
      'Keep the one that says how the secret looks.',
    )
  }
  if (rule.regex === undefined && rule.assignment === undefined && rule.path === undefined) {
    throw new UserError(
      `${name}: rule "${rule.id}": nothing to look for`,
      'Give it a regex, an [rules.assignment] or a path.',
    )
  }
  if (rule.regex === '') {
    throw new UserError(
      `${name}: rule "${rule.id}": regex is empty`,
      'Write the pattern, or remove the field.',
    )
  }
}
