import type { Command } from 'commander'
import { ExitCode, UserError } from '../../errors.ts'
import type { Context } from '../context.ts'
import { openBaseline } from './baseline-file.ts'
import type { BaselineOptions } from './scan-for-baseline.ts'
import { extendBaseline } from './update.ts'

/** @throws UserError where there is a baseline already */
export async function createBaseline(
  options: BaselineOptions,
  command: Command,
  context: Context,
): Promise<number> {
  const file = openBaseline(options.baseline, context)
  if (file.entries !== undefined)
    throw new UserError(
      `there is a baseline already: ${file.name}`,
      'Run "stanch baseline update" to accept what is new, or remove the file to begin anew.',
    )
  await extendBaseline(file, options, command, context)
  return ExitCode.clean
}
