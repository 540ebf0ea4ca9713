import { resolve } from 'node:path'
import { ExitCode, UserError } from '../../errors.ts'
import { printable } from '../../reporters/printable.ts'
import { writeFileAtomically } from '../../system/write-file-atomically.ts'
import { variableName } from '../../templates/name-entries.ts'
import { quoteValue } from '../../templates/quote-value.ts'
import { allSecrets } from '../../vaults/list-entries.ts'
import type { StoredSecret } from '../../vaults/vault.ts'
import type { Context } from '../context.ts'
import { openVault, type VaultOptions } from '../open-vault.ts'
import { writeText } from '../write-text.ts'

export interface ExportOptions extends VaultOptions {
  format: 'env' | 'json'
  output?: string
  quiet?: boolean
}

const quotes = { none: '', single: "'", double: '"', backtick: '`' }

/** All values in clear, which is said; a file is for its owner only. */
export async function exportEntries(
  _args: readonly string[],
  { format, output, quiet, ...options }: ExportOptions,
  context: Context,
): Promise<number> {
  const secrets = await allSecrets(await openVault(options, context))
  const text = format === 'json' ? toJson(secrets) : secrets.map(toLine).join('')
  if (!quiet)
    context.stderr.write(
      `warning: ${output === undefined ? 'this' : printable(output)} is plaintext; "stanch run" needs no file\n`,
    )
  if (output === undefined) await writeText(context.stdout, text)
  else writeFile(resolve(context.cwd, output), text)
  return ExitCode.clean
}

function toJson(secrets: readonly StoredSecret[]): string {
  return `${JSON.stringify(Object.fromEntries(secrets.map(one => [one.name, one.reveal()])), null, 2)}\n`
}

function toLine(secret: StoredSecret): string {
  const quoted = quoteValue(secret.reveal())
  if (!quoted)
    throw new UserError(`no .env file can hold the value of "${secret.name}"`, 'Use --format json.')
  const quote = quotes[quoted.quote]
  return `${variableName(secret.name)}=${quote}${quoted.text}${quote}\n`
}

function writeFile(path: string, text: string): void {
  try {
    writeFileAtomically(path, text, 0o600)
  } catch (error) {
    throw new UserError(`cannot write "${path}"`, 'Check that its folder can be written.', { cause: error })
  }
}
