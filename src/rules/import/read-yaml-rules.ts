/** What the YAML files of kingfisher, Nosey Parker and titus have in common; unknown fields are passed over, as they do. */
import * as v from 'valibot'
import { parseDocument } from 'yaml'
import { UserError } from '../../errors.ts'

const texts = v.optional(v.nullable(v.array(v.union([v.string(), v.number()]))))
const count = v.optional(v.number(), 0)

const requirementsSchema = v.object({
  min_digits: count,
  min_uppercase: count,
  min_lowercase: count,
  min_special_chars: count,
  special_chars: v.optional(v.string()),
  ignore_if_contains: v.optional(v.array(v.string()), []),
  checksum: v.optional(v.unknown()),
})

const ruleSchema = v.object({
  id: v.string(),
  name: v.optional(v.string(), ''),
  pattern: v.string(),
  min_entropy: v.optional(v.number()),
  confidence: v.optional(v.picklist(['low', 'medium', 'high'])),
  visible: v.optional(v.boolean(), true),
  categories: texts,
  examples: texts,
  negative_examples: texts,
  references: texts,
  pattern_requirements: v.optional(requirementsSchema),
  validation: v.optional(v.unknown()),
})

const fileSchema = v.object({
  rules: v.optional(v.array(ruleSchema)),
  /** Selections of rules of other files. */
  rulesets: v.optional(v.array(v.unknown())),
})

export type YamlRule = v.InferOutput<typeof ruleSchema>
export type PatternRequirements = v.InferOutput<typeof requirementsSchema>

/** @throws UserError */
export function readYamlRules(name: string, text: string): YamlRule[] {
  const result = v.safeParse(fileSchema, parse(name, text))
  if (result.success) {
    const { rules, rulesets } = result.output
    if (rules ?? rulesets) return rules ?? []
    throw new UserError(`${name}: it has no "rules"`, 'Is it a rule file?')
  }
  const [issue] = result.issues
  const path = issue.path?.map(({ key }) => String(key)).join('.') ?? ''
  throw new UserError(
    `${name}: field "${path}": ${issue.received === 'undefined' ? 'is missing' : `got ${issue.received}`}`,
    `Expected ${issue.expected ?? 'another value'}.`,
  )
}

function parse(name: string, text: string): unknown {
  const document = parseDocument(text)
  const [error] = document.errors
  if (error) {
    const [{ line, col } = { line: 1, col: 1 }] = error.linePos ?? []
    const reason = error.message.split(/ at line | *\n/)[0]
    throw new UserError(`${name}:${line}:${col}: not valid YAML: ${reason}`, 'Mend the line and try again.')
  }
  // Aliases that multiply without end are refused.
  return document.toJS({ maxAliasCount: 100 })
}
