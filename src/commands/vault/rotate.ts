import { ExitCode, UserError } from '../../errors.ts'
import { Secret } from '../../model.ts'
import type { Context } from '../context.ts'
import { openVault } from '../open-vault.ts'
import { demandAbility } from './demand-ability.ts'
import { generateValue } from './generate-value.ts'
import type { VaultCommandOptions } from './options.ts'
import { readPiped } from './read-value.ts'
import { tellEntry } from './tell-entry.ts'

export interface RotateOptions extends VaultCommandOptions {
  length: string
  charset: string
}

/** A new value, while the one before stays readable as `previous` until nobody uses it any more. */
export async function rotateEntry(
  [key = '']: readonly string[],
  options: RotateOptions,
  context: Context,
): Promise<number> {
  const vault = demandAbility(await openVault(options, context), 'put')
  if (!vault.limits().versions)
    throw new UserError(
      `${vault.store} keeps no versions: the value before would be lost`,
      'Write the new value with "stanch vault set" once nobody uses the old one.',
    )
  const { version } = await vault.get(key)
  const value = await newValue(options, context)
  const ifVersion = vault.limits().conditionalPut.ifVersion ? version : undefined
  const entry = await vault.put(key, value, { ifVersion })
  await tellEntry('rotated', vault, entry, options, context)
  if (!options.quiet && options.format === 'human')
    context.stderr.write('  The value before is still there: stanch vault get --version previous\n')
  return ExitCode.clean
}

/** What comes through a pipe, else a generated one. */
async function newValue({ length, charset }: RotateOptions, context: Context): Promise<Secret> {
  const piped = await readPiped(context.stdin)
  if (piped !== undefined && piped !== '') return new Secret(piped)
  const wanted = Number(length)
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > 4096)
    throw new UserError(`"${length}" is no length`, 'Give a number of characters from 1 to 4096.')
  return generateValue(wanted, charset)
}
