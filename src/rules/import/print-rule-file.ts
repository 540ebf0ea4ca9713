import type { Rule, RuleAllowlist, RuleFile } from '../rule-file.ts'

/** A rule file's text, with regexes in quotes that need no escapes. Fields that say nothing are left out. */
export function printRuleFile({ rules, allowlists }: RuleFile): string {
  const parts = [...allowlists.map(list => printAllowlist('allowlists', list)), ...rules.map(printRule)]
  return parts.join('\n')
}

function printRule(rule: Rule): string {
  const { id, description, regex, path, allowlists, required, ...others } = rule
  const plain = { id, description, regex, path, ...others }
  return [
    `[[rules]]\n${printFields(plain)}`,
    ...required.map(need => `\n[[rules.required]]\n${printFields(need)}`),
    ...allowlists.map(list => `\n${printAllowlist('rules.allowlists', list)}`),
  ].join('')
}

function printAllowlist(table: string, list: RuleAllowlist): string {
  return `[[${table}]]\n${printFields(list)}`
}

function printFields(fields: object): string {
  return Object.entries(fields)
    .filter(([, value]) => !isSilent(value))
    .map(([name, value]) => `${name} = ${printValue(value)}\n`)
    .join('')
}

function isSilent(value: unknown): boolean {
  return (
    value === undefined || value === '' || value === false || (Array.isArray(value) && value.length === 0)
  )
}

const WIDTH = 100

function printValue(value: unknown): string {
  if (typeof value === 'string') return printText(value)
  if (!Array.isArray(value)) return String(value)
  const items = value.map(printValue)
  const line = `[${items.join(', ')}]`
  return line.length <= WIDTH ? line : `[\n${items.map(item => `  ${item},\n`).join('')}]`
}

/** A backslash makes literal quotes worth it. */
function printText(text: string): string {
  const isPlain = /^[\x20-\x7e\t]*$/.test(text)
  if (isPlain && text.includes('\\') && !text.includes("'''") && !text.endsWith("'")) return `'''${text}'''`
  return JSON.stringify(text).replaceAll('\x7f', '\\u007f')
}
