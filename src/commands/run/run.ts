import { UserError } from '../../errors.ts'
import { formsOf, SHORTEST_MASKED } from '../../launch/mask/forms.ts'
import {
  type Child,
  type ChildRequest,
  isGroupShared,
  StartError,
  startChild,
} from '../../launch/start-child.ts'
import { supervise } from '../../launch/supervise.ts'
import { printable } from '../../reporters/printable.ts'
import type { Context } from '../context.ts'
import type { RunOptions } from './options.ts'
import { type PreparedRun, prepareRun } from './prepare-run.ts'

/** The exit code of the command. */
export async function runCommand(
  command: readonly string[],
  options: RunOptions,
  context: Context,
): Promise<number> {
  if (command.length === 0)
    throw new UserError('no command is given', 'Put it behind two dashes: stanch run -- npm start')
  return launchRun(await prepareRun(command, options, context), command, options, context)
}

/** @throws UserError where it could not be started */
export async function launchRun(
  prepared: PreparedRun,
  command: readonly string[],
  options: RunOptions,
  context: Context,
): Promise<number> {
  const sharesGroup = isGroupShared()
  const start = (run: PreparedRun) => startPrepared({ ...run, command, sharesGroup }, options, context)
  tell(prepared.notices, options, context)
  try {
    if (options.watch === undefined) return await supervise(sharesGroup, () => start(prepared))
    const { watchRun } = await import('./watch-run.ts')
    return await watchRun(
      {
        first: prepared,
        sharesGroup,
        start,
        prepare: () => prepareRun(command, options, context, prepared.inherited),
      },
      options,
      context,
    )
  } catch (error) {
    if (!(error instanceof StartError)) throw error
    throw new UserError(
      `"${command[0]}" could not be started (${error.code})`,
      error.code === 'ENOENT'
        ? 'Its interpreter, or a library, is not there.'
        : 'Check that this machine can execute it.',
      { exitCode: error.code === 'ENOENT' ? 127 : 126 },
    )
  }
}

function startPrepared(
  { secrets, ...run }: PreparedRun & Pick<ChildRequest, 'command' | 'sharesGroup'>,
  options: RunOptions,
  context: Context,
): Child {
  const { cwd } = context
  if (!isMasking(options, context)) return startChild({ ...run, cwd, masking: undefined })
  const texts = findMasks(secrets, options, context)
  return startChild({ ...run, cwd, masking: { texts, stdout: context.stdout, stderr: context.stderr } })
}

/** Programs of CI print what they do; a log lasts. */
function isMasking({ mask }: RunOptions, { env: { CI } }: Context): boolean {
  return mask ?? !(CI === undefined || /^(?:|0|false)$/i.test(CI))
}

function findMasks(secrets: PreparedRun['secrets'], options: RunOptions, context: Context): string[] {
  const short = secrets.filter(({ secret }) => secret.length > 0 && secret.length < SHORTEST_MASKED)
  const names = [...new Set(short.map(({ name }) => name))]
  if (names.length > 0) tell([`too short to be masked: ${names.join(', ')}`], options, context)
  return secrets.flatMap(({ secret }) => formsOf(secret.reveal()))
}

export function tell(notices: readonly string[], { quiet }: RunOptions, context: Context): void {
  if (!quiet) for (const text of notices) context.stderr.write(`stanch: ${printable(text)}\n`)
}
