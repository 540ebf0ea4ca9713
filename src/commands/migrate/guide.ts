import { readdirSync } from 'node:fs'
import { basename } from 'node:path'
import { ExitCode, UserError } from '../../errors.ts'
import { isCopyName, isEnvName, isTemplateName } from '../../hygiene/file-names.ts'
import { holdsPassword, type TemplatePart } from '../../migration/decide-values.ts'
import { printable } from '../../reporters/printable.ts'
import type { Destination, Offer, Selection, ShownPlan } from '../../tui/migrate-state.ts'
import type { Context } from '../context.ts'
import { wantsColor } from '../incident/show.ts'
import { loadSettings } from '../load-settings.ts'
import { findProject } from '../project.ts'
import { writeText } from '../write-text.ts'
import type { MigrationPlan } from './build-plan.ts'
import type { Progress } from './carry-out.ts'
import { begin, finish } from './finish-migration.ts'
import { newId } from './new-id.ts'
import type { MigrateOptions } from './options.ts'
import { planFiles, refuseFailures } from './plan-files.ts'
import {
  adviseRotation,
  describeBlanked,
  describeCleanup,
  describeDivergence,
  describeEnd,
  says,
} from './print-plan.ts'

/** Whether somebody sits there to be guided. */
export function isGuided({ apply, format }: MigrateOptions, { stdin, stdout, env }: Context): boolean {
  return (
    !apply &&
    format === 'human' &&
    'isTTY' in stdin &&
    stdin.isTTY === true &&
    stdout.isTTY === true &&
    env.TERM !== 'dumb'
  )
}

/**
 * The screen: which file, which vault, where each key goes, and what happens then. What can be chosen there has a flag, too.
 * @throws UserError where nothing was written, or where it stopped on the way
 */
export async function guide(
  files: readonly string[],
  options: MigrateOptions,
  context: Context,
): Promise<number> {
  const id = newId(context.now())
  const offered = files.length > 0 ? [] : findFiles(context.cwd)
  if (files.length === 0 && offered.length === 0)
    throw new UserError('there is no .env file here', 'Name one: stanch migrate config/.env --to local')
  const chosen = (selection: Selection) => toOptions(options, selection)
  const filesOf = ({ file }: Selection) => (files.length > 0 ? files : file === undefined ? [] : [file])
  let failure: unknown
  const { showMigrateScreen } = await import('../../tui/screens/show-migrate.tsx')
  const end = await showMigrateScreen(
    {
      files: offered,
      vaults: options.to === undefined ? await offerVaults(options, context) : [],
      selection: {
        ...(files.length > 0 && { file: files.join(', ') }),
        ...(options.to !== undefined && { vault: options.to }),
        goes: new Map(),
        keepFile: options.keepFile ?? false,
        removeCopies: options.removeCopies ?? false,
        example: options.example ?? false,
        onConflict: options.onConflict,
      },
      hasColor: wantsColor(options, context),
      plan: async selection =>
        toShown(await planFiles(id, filesOf(selection), chosen(selection), context), selection),
      apply: async (selection, tell) => {
        const wanted = chosen(selection)
        const [first, ...others] = await planFiles(id, filesOf(selection), wanted, context)
        if (!first) return []
        refuseFailures([first, ...others])
        const begun = await begin([first, ...others], wanted, context)
        const vault = wanted.to ?? first.choice.store
        await finish(begun, { ...wanted, vault }, context, progress => tell(toAction(progress)))
        return `${describeEnd(begun.sealed)}${adviseRotation(begun.rotation)}`.trim().split('\n')
      },
      describe: error => {
        failure = error
        if (error instanceof UserError) return [error.message, error.hint]
        return [error instanceof Error ? error.message : String(error)]
      },
    },
    context.stdout,
  )
  switch (end?.step) {
    case 'done':
      await writeText(context.stdout, `${end.done.join('\n')}\n`)
      return ExitCode.clean
    case 'failed':
      throw failure
    case 'working':
      // What is under way would go on behind the screen.
      context.stderr.write(
        'stanch: interrupted\n  Run "stanch migrate --resume" to go on, or --undo to take it back.\n',
      )
      return process.exit(130)
    default:
      throw new UserError('nothing was written', 'Run it again whenever you like.')
  }
}

function findFiles(cwd: string): Offer[] {
  return readdirSync(cwd, { withFileTypes: true })
    .filter(
      entry =>
        entry.isFile() && isEnvName(entry.name) && !isTemplateName(entry.name) && !isCopyName(entry.name),
    )
    .map(({ name }) => ({ value: name, about: '' }))
}

/** Those of the settings first, then every kind that can be written and read back. */
async function offerVaults(options: MigrateOptions, { cwd, env }: Context): Promise<Offer[]> {
  const project = findProject(cwd)
  const loaded = await loadSettings(project, { cwd, env, config: options.config })
  const configured = Object.entries(loaded?.settings.vaults ?? {}).map(([value, { type }]) => ({
    value,
    about: `${type}, as ${loaded?.name} has it`,
  }))
  const known = new Set(configured.map(({ value }) => value))
  const app = basename(project.root)
  return [...configured, ...kinds(app).filter(({ value }) => !known.has(value))]
}

function kinds(app: string): Offer[] {
  return [
    { value: 'local', about: 'an age-encrypted file on this machine' },
    { value: 'ssm', about: 'AWS Parameter Store', argument: `/${app}` },
    { value: 'secretsmanager', about: 'AWS Secrets Manager', argument: app },
    { value: 'vault', about: 'HashiCorp Vault, OpenBao', argument: `secret/${app}` },
    { value: 'gcp', about: 'Google Secret Manager: project', argument: '' },
    { value: 'azure', about: 'Azure Key Vault: name', argument: '' },
    { value: 'doppler', about: 'Doppler: project', argument: app },
    { value: 'infisical', about: 'Infisical: id of the project', argument: '' },
    { value: 'onepassword', about: '1Password: vault', argument: '' },
    { value: 'kubernetes', about: 'a Kubernetes Secret: namespace/name', argument: app },
  ]
}

/** What was chosen on the screen, as flags would say it. */
function toOptions(options: MigrateOptions, selection: Selection): MigrateOptions {
  const { vault, goes, keepFile, removeCopies, example, onConflict } = selection
  const keys = (wanted: Destination) => [...goes].flatMap(([key, where]) => (where === wanted ? [key] : []))
  return {
    ...options,
    ...(vault !== undefined && { to: vault }),
    ...{ keepFile, removeCopies, example, onConflict },
    store: [...(options.store ?? []).filter(glob => !goes.has(glob)), ...keys('store')],
    plain: [...(options.plain ?? []).filter(glob => !goes.has(glob)), ...keys('plain')],
    except: [...(options.except ?? []), ...keys('leave')],
  }
}

function toShown(plans: readonly MigrationPlan[], { goes }: Selection): ShownPlan {
  const title = plans.map(({ source, choice }) => `${source.file} → ${choice.store}, stage ${choice.stage}`)
  return {
    title: printable(`stanch migrate   ${title.join(';  ')}`),
    keys: plans.flatMap(({ choice, decided, entries }) =>
      decided.map(({ key, value, classification, parts, isLeft }, i) => {
        const entry = entries[i]
        const canSplit = classification.class === 'secret' && holdsPassword(value.reveal())
        return {
          key,
          stage: plans.length > 1 ? `${choice.stage}: ` : '',
          goes: destinationOf(parts, isLeft),
          canSplit,
          action: entry ? says[entry.action] : '',
          name: printable(entry?.name ?? ''),
          reason: printable(entry?.reason ?? ''),
          isFixed: isLeft && goes.get(key) !== 'leave',
        }
      }),
    ),
    notes: plans.flatMap(notesOf),
    copies: plans.flatMap(({ cleanup }) => cleanup).filter(isCopy).length,
    canApply: plans.every(({ entries }) => entries.every(({ action }) => action !== 'fail')),
  }
}

function destinationOf(parts: readonly TemplatePart[], isLeft: boolean): Destination {
  if (isLeft) return 'leave'
  if (parts.every(part => 'text' in part)) return 'plain'
  return parts.length === 1 ? 'store' : 'split'
}

function isCopy({ what, path }: MigrationPlan['cleanup'][number]): boolean {
  return (what === 'backup' || what === 'editor') && !path.startsWith('~')
}

function notesOf({ source, template, settings, recipes, cleanup }: MigrationPlan): string[] {
  return [
    ...source.divergences.map(describeDivergence),
    ...source.blanked.map(describeBlanked),
    ...cleanup.filter(({ what }) => what !== 'file' && what !== 'tracked').map(describeCleanup),
    `template  ${template.path}${settings ? `; ${settings.path} gets the vault` : ''}`,
    ...recipes.map(({ path }) => `recipe    ${path}`),
  ].map(line => printable(line))
}

const phases = {
  verify: 'reading back what was written',
  files: 'writing the template',
  prove: 'proving that a program gets what it got before',
  'clean-up': 'cleaning up',
} as const

function toAction(progress: Progress) {
  return progress.type === 'entry'
    ? { ...progress, type: 'progress' as const }
    : { type: 'phase' as const, text: `- ${phases[progress.phase]}` }
}
