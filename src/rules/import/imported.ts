import type { Rule, RuleAllowlist } from '../rule-file.ts'

/** What of a rule could not be taken over. */
export interface ImportProblem {
  /** The rule's id as its own tool calls it; absent for what concerns the whole file. */
  rule?: string
  file: string
  reason: string
  /** The rule is not in the result at all; else the reason says how it differs. */
  isLost: boolean
}

/** One file of another tool's rules, in our form. */
export interface ImportedFile {
  name: string
  rules: Rule[]
  /** For all rules of the file. */
  allowlists: RuleAllowlist[]
  problems: ImportProblem[]
  /** Rules that ask the issuer whether a secret is live, which a rule of ours does not. */
  liveChecks: number
}

/** @throws UserError for a file that is not of this form */
export type RuleReader = (name: string, text: string) => ImportedFile

const none: Omit<Rule, 'id'> = {
  description: '',
  keywords: [],
  tags: [],
  skipReport: false,
  exact: true,
  required: [],
  allowlists: [],
  examples: [],
  counterexamples: [],
  references: [],
}

/** A rule of another tool: what it matches is a finding, as it is there. */
export function foreignRule(fields: Partial<Rule> & Pick<Rule, 'id'>): Rule {
  return { ...none, ...fields }
}

/** Drops a match for which one of the conditions holds. */
export function foreignAllowlist(lists: Partial<RuleAllowlist>): RuleAllowlist {
  return { paths: [], commits: [], regexes: [], stopwords: [], targetRules: [], ...lists }
}

/** Our ids are in kebab-case: `np.aws.1` → `np-aws-1`. */
export function toRuleId(id: string): string {
  return id
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}
