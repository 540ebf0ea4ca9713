import { relative } from 'node:path'
import { ExitCode, UserError } from '../../errors.ts'
import type { Secret } from '../../model.ts'
import { isCompiled } from '../../system/load-code.ts'
import { readPassphrase } from '../../vaults/local/identity.ts'
import { initLocalVault, type NewLocalVault } from '../../vaults/local/init-local-vault.ts'
import type { VaultWorld } from '../../vaults/vault.ts'
import { passphraseAsker } from '../ask-passphrase.ts'
import type { Context } from '../context.ts'
import { chooseVault } from '../open-vault.ts'
import { writeText } from '../write-text.ts'
import { knownStages } from './known-stages.ts'
import type { VaultCommandOptions } from './options.ts'

export async function initVault(
  _args: readonly string[],
  options: VaultCommandOptions & { passphrase?: boolean; recipient: string[] },
  context: Context,
): Promise<number> {
  // The vault is for all stages; settings without a default one are no reason to ask for one.
  const stage = options.stage ?? (await knownStages(options, context))[0]
  const { type, store, settings, directory } = await chooseVault({ ...options, stage }, context)
  if (type !== 'local')
    throw new UserError(
      `${store} is no local vault`,
      'Other stores are made with their own tools; docs/vaults.md.',
    )
  const ask = passphraseAsker(context)
  const world: VaultWorld = { ...context, directory, ...(ask && { askPassphrase: ask }) }
  const passphrase = options.passphrase ? await choosePassphrase(world) : undefined
  const made = await initLocalVault(settings, { store, recipients: options.recipient, passphrase }, world)
  await tell(made, options, context)
  if (!isCompiled('run-code')) await (await import('../run/compile-run.ts')).compileRun()
  return ExitCode.clean
}

async function choosePassphrase(world: VaultWorld): Promise<Secret> {
  const passphrase = await readPassphrase('New passphrase', world)
  if (!passphrase || passphrase.length === 0)
    throw new UserError(
      'there is no passphrase',
      'Start from a terminal, or name a file with STANCH_PASSPHRASE_FILE.',
    )
  if (!world.env.STANCH_PASSPHRASE_FILE) {
    const again = await readPassphrase('The same again', world)
    if (!again?.equals(passphrase))
      throw new UserError('the two are not the same', 'Nothing was made; try again.')
  }
  return passphrase
}

async function tell(
  { path, identity, recipients }: NewLocalVault,
  { format, quiet }: VaultCommandOptions,
  { stdout, stderr, cwd }: Context,
): Promise<void> {
  if (format === 'json') {
    await writeText(
      stdout,
      `${JSON.stringify({ vault: path, identity: identity.path, recipients }, null, 2)}\n`,
    )
    return
  }
  if (quiet) return
  const shown = relative(cwd, path)
  stderr.write(
    `made ${shown.startsWith('..') ? path : shown}, which ${identity.created ? 'a new' : 'your'} identity opens: ${identity.path}\n` +
      `  Keep a copy of the identity where you keep passwords: without it the vault cannot be read.\n`,
  )
}
