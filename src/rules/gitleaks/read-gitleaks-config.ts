/**
 * `.gitleaks.toml` and `.betterleaks.toml` as those tools read them: keys in any case, unknown ones passed over.
 * Facts: gitleaks 8.30 and betterleaks 1.7, config/config.go, config/rule.go, config/allowlist.go.
 */
import { parse as parseToml, TomlError } from 'smol-toml'
import * as v from 'valibot'
import { UserError } from '../../errors.ts'

const texts = v.optional(v.array(v.string()), [])

const allowlistSchema = v.object({
  description: v.optional(v.string(), ''),
  condition: v.optional(v.string(), ''),
  commits: texts,
  paths: texts,
  regexes: texts,
  regextarget: v.optional(v.string(), ''),
  stopwords: texts,
  targetrules: texts,
})

const ruleSchema = v.object({
  id: v.optional(v.string(), ''),
  description: v.optional(v.string(), ''),
  regex: v.optional(v.string(), ''),
  path: v.optional(v.string(), ''),
  secretgroup: v.optional(v.number(), 0),
  entropy: v.optional(v.number(), 0),
  keywords: texts,
  tags: texts,
  skipreport: v.optional(v.boolean(), false),
  specificity: v.optional(v.number()),
  required: v.optional(
    v.array(
      v.object({
        id: v.string(),
        withinlines: v.optional(v.number()),
        withincolumns: v.optional(v.number()),
      }),
    ),
    [],
  ),
  allowlist: v.optional(allowlistSchema),
  allowlists: v.optional(v.array(allowlistSchema), []),
  filter: v.optional(v.string(), ''),
  prefilter: v.optional(v.string(), ''),
  tokenefficiency: v.optional(v.boolean(), false),
  validate: v.optional(v.string(), ''),
})

const configSchema = v.object({
  extend: v.optional(
    v.object({
      usedefault: v.optional(v.boolean(), false),
      path: v.optional(v.string(), ''),
      url: v.optional(v.string(), ''),
      disabledrules: texts,
    }),
    {},
  ),
  rules: v.optional(v.array(ruleSchema), []),
  allowlist: v.optional(allowlistSchema),
  allowlists: v.optional(v.array(allowlistSchema), []),
  filter: v.optional(v.string(), ''),
  prefilter: v.optional(v.string(), ''),
})

export type GitleaksAllowlist = v.InferOutput<typeof allowlistSchema>
export type GitleaksRule = Omit<v.InferOutput<typeof ruleSchema>, 'allowlist'>
export type GitleaksConfig = Omit<v.InferOutput<typeof configSchema>, 'allowlist' | 'rules'> & {
  rules: GitleaksRule[]
}

/** @throws UserError for what those tools refuse, too */
export function readGitleaksConfig(name: string, text: string): GitleaksConfig {
  const result = v.safeParse(configSchema, foldKeys(parse(name, text)))
  if (!result.success) {
    const [issue] = result.issues
    const path = issue.path?.map(({ key }) => String(key)).join('.') ?? ''
    throw new UserError(
      `${name}: field "${path}": got ${issue.received}`,
      `Expected ${issue.expected ?? 'another value'}.`,
    )
  }
  const { allowlist, rules, ...config } = result.output
  return {
    ...config,
    allowlists: joinAllowlists(`${name}: `, allowlist, config.allowlists),
    rules: rules.map(({ allowlist: single, ...rule }) => ({
      ...rule,
      allowlists: joinAllowlists(`${name}: rule "${rule.id}": `, single, rule.allowlists),
    })),
  }
}

function parse(name: string, text: string): unknown {
  try {
    return parseToml(text)
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    const reason = error.message.split('\n')[0]?.replace(/^Invalid TOML document: /, '')
    throw new UserError(
      `${name}:${error.line}:${error.column}: not valid TOML: ${reason}`,
      'Mend the line and try again.',
    )
  }
}

/** The older `[allowlist]` and the newer `[[allowlists]]` exclude each other; one that checks nothing is a mistake. */
function joinAllowlists(
  where: string,
  single: GitleaksAllowlist | undefined,
  several: readonly GitleaksAllowlist[],
): GitleaksAllowlist[] {
  if (single && several.length)
    throw new UserError(
      `${where}[allowlist] and [[allowlists]] exclude each other`,
      'Write all of them as [[allowlists]].',
    )
  const lists = single ? [single] : [...several]
  for (const { commits, paths, regexes, stopwords, condition } of lists) {
    if (commits.length + paths.length + regexes.length + stopwords.length === 0)
      throw new UserError(
        `${where}an allowlist that checks nothing`,
        'Give it commits, paths, regexes or stopwords.',
      )
    if (!/^(?:|or|and|\|\||&&)$/i.test(condition))
      throw new UserError(`${where}condition "${condition}" is not known`, 'Write "OR" or "AND".')
  }
  return lists
}

function foldKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(foldKeys)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.toLowerCase(), foldKeys(inner)]))
}
