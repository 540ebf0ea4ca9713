import { ExitCode, UserError } from '../../errors.ts'
import type { Context } from '../context.ts'
import { openVault } from '../open-vault.ts'
import { writeText } from '../write-text.ts'
import type { VaultCommandOptions } from './options.ts'

/** Exactly the value, so that a pipe gets what was stored. A terminal wants to be asked for it. */
export async function getEntry(
  [key = '']: readonly string[],
  { version, reveal, ...options }: VaultCommandOptions & { version?: string; reveal?: boolean },
  context: Context,
): Promise<number> {
  if (context.stdout.isTTY && !reveal)
    throw new UserError(`the value of "${key}" would be shown`, 'Add --reveal, or send it to a program.')
  const secret = await (await openVault(options, context)).get(key, { version })
  const value = secret.reveal()
  const about = { name: key, version: secret.version, created: secret.created?.toISOString(), value }
  await writeText(context.stdout, options.format === 'json' ? `${JSON.stringify(about, null, 2)}\n` : value)
  if (context.stdout.isTTY && options.format === 'human') context.stderr.write('\n')
  return ExitCode.clean
}
