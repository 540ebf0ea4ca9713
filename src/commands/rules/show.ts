import { ExitCode, UserError } from '../../errors.ts'
import { endsWord, wordOf } from '../../rules/compile-assignment.ts'
import type { Response, Rule, RuleFile } from '../../rules/rule-file.ts'
import { nearest } from '../../settings/nearest.ts'
import type { Context } from '../context.ts'
import { readBuiltInRules } from '../rule-files.ts'
import { writeText } from '../write-text.ts'

export async function showRule(
  id: string,
  { format }: { format: string },
  context: Context,
): Promise<number> {
  const { rule, file } = findRule(id)
  // Examples stay out: joined, they look like the secrets they stand for.
  const { examples, counterexamples, ...shown } = rule
  const data = { ...shown, provider: file.provider, response: file.response }
  const text = format === 'json' ? `${JSON.stringify(data, null, 2)}\n` : describe(rule, file)
  await writeText(context.stdout, text)
  return ExitCode.clean
}

/** @throws UserError that names the nearest rule */
export function findRule(id: string): { rule: Rule; file: RuleFile } {
  const files = readBuiltInRules()
  for (const { file } of files) {
    const rule = file.rules.find(rule => rule.id === id)
    if (rule) return { rule, file }
  }
  const near = nearest(
    id,
    files.flatMap(({ file }) => file.rules.map(rule => rule.id)),
  )
  throw new UserError(
    `rule "${id}" does not exist`,
    near ? `Did you mean ${near}?` : 'Run "stanch rules list" to see all.',
  )
}

function describe(rule: Rule, { provider, response }: RuleFile): string {
  const lines = [
    `${rule.id}  ${rule.severity ?? 'high'}`,
    rule.description,
    ...(provider ? [`provider: ${provider.name}${provider.docs ? `  ${provider.docs}` : ''}`] : []),
    ...(rule.regex === undefined ? [] : [`regex: ${rule.regex}`]),
    ...(rule.assignment ? [describeAssignment(rule)] : []),
    ...(rule.checksum ? [`checksum: ${rule.checksum}`] : []),
    ...(response ? ['', ...describeResponse(response)] : []),
  ]
  return `${lines.join('\n')}\n`
}

function describeAssignment({ assignment }: Rule): string {
  const { names = [], with: also = [], alphabet, length, judge } = assignment ?? {}
  const value = judge
    ? 'a value that looks like a secret'
    : `${Array.isArray(length) ? length.join(' to ') : length} characters of ${alphabet}`
  const ends = names.filter(endsWord).map(wordOf)
  const parts = names.filter(name => !endsWord(name))
  const words = ends.length > 0 ? [`${ends.join(' or ')} at the end of a word`, ...parts] : parts
  return `assignment: a key with ${words.join(' or ')}${also.length ? ` and ${also.join(' or ')}` : ''}, and ${value}`
}

function describeResponse(response: Response): string[] {
  const { exposes, strategy, propagation, rotationDays } = response
  const lines = ['If it leaked:', `  exposes: ${exposes}`, `  strategy: ${strategy}`]
  if (propagation) lines.push(`  dead everywhere after: ${propagation}`)
  if (rotationDays) lines.push(`  rotate every: ${rotationDays} days`)
  for (const name of ['identify', 'revoke', 'rotate', 'audit'] as const) {
    const action = response[name]
    if (action?.steps.length)
      lines.push(
        `  ${name}${action.class ? ` (${action.class})` : ''}:`,
        ...action.steps.map(step => `    ${step}`),
      )
  }
  return lines
}
