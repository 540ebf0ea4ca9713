import { ExitCode } from '../../errors.ts'
import { wordOf } from '../../rules/compile-assignment.ts'
import type { Rule } from '../../rules/rule-file.ts'
import type { Context } from '../context.ts'
import { readBuiltInRules } from '../rule-files.ts'
import { writeText } from '../write-text.ts'

export interface ListedRule {
  id: string
  provider: string
  severity: string
  description: string
  keywords: string[]
}

export async function listRules({ format }: { format: string }, context: Context): Promise<number> {
  const rules = readBuiltInRules().flatMap(({ file }) =>
    file.rules.map(rule => toListed(rule, file.provider?.id ?? 'custom')),
  )
  rules.sort((a, b) => (a.id < b.id ? -1 : 1))
  const text = format === 'json' ? `${JSON.stringify(rules, null, 2)}\n` : toTable(rules)
  await writeText(context.stdout, text)
  return ExitCode.clean
}

function toListed(rule: Rule, provider: string): ListedRule {
  const { id, description, severity = 'high', keywords, assignment } = rule
  return { id, provider, severity, description, keywords: assignment?.names.map(wordOf) ?? [...keywords] }
}

function toTable(rules: readonly ListedRule[]): string {
  const width = Math.max(...rules.map(({ id }) => id.length))
  return rules
    .map(({ id, severity, description }) => `${id.padEnd(width)}  ${severity.padEnd(8)}  ${description}\n`)
    .join('')
}
