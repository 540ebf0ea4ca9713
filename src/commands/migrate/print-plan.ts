import type { Divergence } from '../../dotenv/divergences.ts'
import { printable } from '../../reporters/printable.ts'
import type { Context } from '../context.ts'
import type { MigrationPlan } from './build-plan.ts'
import type { Progress } from './carry-out.ts'
import type { CleanupItem } from './find-cleanup.ts'
import type { MigrateOptions } from './options.ts'
import type { RotationList } from './rotation-list.ts'
import { runOptions } from './run-options.ts'
import type { SealedPlan } from './sealed-plan.ts'

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
  const { source, choice, entries, cleanup, template, settings, recipes, example } = plan
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
    ...(example ? [`example   ${example.path}, with blanks for what is stored`] : []),
    ...source.divergences.map(describeDivergence),
    ...source.blanked.map(describeBlanked),
    ...cleanup.map(describeCleanup),
  ]
  return `${lines.map(line => printable(line)).join('\n')}\n`
}

export function describeDivergence({ key, line, message }: Divergence): string {
  return `line ${line}   ${key === '' ? message : `${key} is read in several ways: ${message}`}`
}

export function describeBlanked(line: number): string {
  return `line ${line}   a secret in a comment is left out of the template`
}

/** The words of the plan. */
export const says = {
  create: 'store',
  unchanged: 'is there',
  overwrite: 'overwrite',
  skip: 'leave',
  'keep-in-template': 'template',
  fail: 'FAIL',
} as const

export function describeCleanup({ path, what, action, keys }: CleanupItem): string {
  return `${action.padEnd(8)}  ${path}${remarks(what, action, keys)}`
}

function remarks(what: CleanupItem['what'], action: CleanupItem['action'], keys: readonly string[]): string {
  switch (what) {
    case 'history':
    case 'stash':
      return ` is in the ${what}: rotate ${keys.join(', ') || 'nothing'}`
    case 'image':
      return ` copies the file into an image: look with "stanch scan --image", rotate ${keys.join(', ') || 'nothing'}`
    case 'backup':
    case 'editor':
      return action === 'remove' ? ', a copy' : ` is a copy: delete it, or add --remove-copies`
    case 'docker-context':
      return ' is in the context of the Dockerfile: add it to .dockerignore'
    case 'reader':
      return ' names the file: start it with "stanch run", see --recipe'
    default:
      return what === 'tracked' ? ' is tracked by git' : ''
  }
}

/** Each written entry on a line of standard error. */
export function tellEntries(
  { quiet }: MigrateOptions,
  { stderr }: Pick<Context, 'stderr'>,
): (progress: Progress) => void {
  return progress => {
    if (progress.type === 'entry' && !quiet) stderr.write(`${progress.at}/${progress.of} ${progress.name}\n`)
  }
}

/** What to do next. A name that `run` would refuse was in the file, too. */
export function describeEnd({ parts: [first] }: SealedPlan): string {
  if (!first) return ''
  const { stage, template, variables } = first
  const options = runOptions(
    stage,
    template.path,
    variables.map(([key]) => key),
  )
  return `\nDone. Start it with: ${['stanch run --stage', stage, ...options, '-- COMMAND'].join(' ')}\n`
}

export function adviseRotation(list: RotationList | undefined): string {
  if (!list) return ''
  const { change, fingerprints } = list
  const commands = fingerprints.map(one => `  stanch incident start --finding ${change.path}#${one}\n`)
  return `\nGit's history still holds ${fingerprints.length === 1 ? 'a secret' : `${fingerprints.length} secrets`}; rotate what was ever pushed or shared:\n${commands.join('')}`
}
