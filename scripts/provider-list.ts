import type { NamedRuleFile } from '../src/rules/rule-file.ts'

/** The page docs/providers.md: a line for each provider, by name. */
export function listProviders(files: readonly NamedRuleFile[]): string {
  const entries = files.flatMap(({ file }) => {
    const { provider, rules } = file
    const kinds = rules
      .filter(({ skipReport }) => !skipReport)
      .map(({ description }) => escapeCell(description))
    return provider && kinds.length ? [{ ...provider, kinds }] : []
  })
  entries.sort((a, b) => compare(a.name.toLowerCase(), b.name.toLowerCase()) || compare(a.id, b.id))
  const kinds = entries.reduce((sum, entry) => sum + entry.kinds.length, 0)
  const rows = entries.map(
    entry => `| ${escapeCell(entry.name)} | \`${entry.id}\` | ${entry.kinds.join(' · ')} |`,
  )
  return [
    '# Whose secrets stanch knows',
    '',
    `${kinds} kinds of secrets of ${entries.length} providers. \`stanch rules show ID\` tells how one is found and what to do about a leak.`,
    '',
    '<!-- Written by `npm run docs:providers`; do not edit. -->',
    '',
    '| provider | id | secrets |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}

/** By code units, so that the order is the same everywhere. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|')
}
