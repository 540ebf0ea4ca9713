import { printable } from '../../reporters/printable.ts'
import type { MigrationPlan } from './build-plan.ts'

/** CLI.md's JSON; never a value. */
export function planToJson({ id, source, choice, entries, cleanup }: MigrationPlan) {
  return {
    id,
    file: source.file,
    dialect: source.dialect,
    vault: choice.store,
    stage: choice.stage,
    entries,
    divergences: source.divergences,
    cleanup,
  }
}

/** The same for people. */
export function describePlan(plan: MigrationPlan): string {
  const { source, choice, entries, cleanup, template, settings, recipes } = plan
  const width = Math.max(...entries.map(({ key }) => key.length))
  const lines = [
    `${source.file} (read as ${source.dialect} does) → ${choice.store}, stage ${choice.stage}`,
    '',
    ...entries.map(
      ({ key, action, name, reason }) =>
        `  ${key.padEnd(width)}  ${says[action].padEnd(9)}  ${name === null ? '' : `${name}  `}${reason}`,
    ),
    '',
    `template  ${template.path}`,
    ...(settings ? [`settings  ${settings.path} gets [vaults.${choice.store}]`] : []),
    ...recipes.map(({ path }) => `recipe    ${path}`),
    ...source.divergences.map(
      ({ key, line, message }) => `line ${line}   ${key} is read in several ways: ${message}`,
    ),
    ...cleanup.map(({ path, what, action, keys }) => `${action.padEnd(8)}  ${path}${remarks(what, keys)}`),
  ]
  return `${lines.map(line => printable(line)).join('\n')}\n`
}

const says = {
  create: 'store',
  unchanged: 'is there',
  overwrite: 'overwrite',
  skip: 'leave',
  'keep-in-template': 'template',
  fail: 'FAIL',
} as const

function remarks(what: string, keys: readonly string[]): string {
  if (what === 'history' || what === 'stash')
    return ` is in the ${what}: rotate ${keys.join(', ') || 'nothing'}`
  if (what === 'backup' || what === 'editor') return ' is a copy'
  if (what === 'docker-context') return ' is in the context of the Dockerfile: add it to .dockerignore'
  return what === 'tracked' ? ' is tracked by git' : ''
}
