import { ExitCode, UserError } from '../../errors.ts'
import type { Destination, Selection } from '../../tui/migrate-state.ts'
import type { Context } from '../context.ts'
import { wantsColor } from '../incident/show.ts'
import { writeText } from '../write-text.ts'
import type { Progress } from './carry-out.ts'
import { begin, finish } from './finish-migration.ts'
import { offerFiles, offerVaults } from './guide-offers.ts'
import { newId } from './new-id.ts'
import type { MigrateOptions } from './options.ts'
import { planFiles, refuseFailures } from './plan-files.ts'
import { adviseRotation, describeEnd } from './print-plan.ts'
import { showPlan } from './show-plan.ts'

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
  const offered = files.length > 0 ? [] : offerFiles(context.cwd)
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
        showPlan(await planFiles(id, filesOf(selection), chosen(selection), context), selection),
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
