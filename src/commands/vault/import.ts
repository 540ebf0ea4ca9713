import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import * as v from 'valibot'
import { valuesOf } from '../../dotenv/dialect.ts'
import { dialects } from '../../dotenv/index.ts'
import { UserError } from '../../errors.ts'
import { Secret } from '../../model.ts'
import type { Context } from '../context.ts'
import { openVault } from '../open-vault.ts'
import { type TransferOptions, transferEntries } from './transfer.ts'

/** Entries of a .env or JSON file. The file stays; "stanch migrate" is what clears it away. */
export async function importEntries(
  [file = '']: readonly string[],
  options: TransferOptions,
  context: Context,
): Promise<number> {
  const text = readText(file, context.cwd)
  const values = /^\s*\{/.test(text) ? readObject(text, file) : readEnv(text)
  const entries = new Map([...values].map(([name, value]) => [name, new Secret(value)]))
  return transferEntries(entries, await openVault(options, context), options, context)
}

function readText(file: string, cwd: string): string {
  try {
    return readFileSync(file === '-' ? 0 : resolve(cwd, file), 'utf8')
  } catch (error) {
    throw new UserError(`cannot read "${file}"`, 'Check its name and who may read it.', { cause: error })
  }
}

/** As dotenv reads it; a name without a value is no entry. */
function readEnv(text: string): [string, string][] {
  return [...valuesOf(dialects.dotenv.evaluate(text, {}))].flatMap(([name, value]) =>
    value === null ? [] : [[name, value] as [string, string]],
  )
}

const scalars = v.record(v.string(), v.union([v.string(), v.number(), v.boolean()]))

function readObject(text: string, file: string): [string, string][] {
  const wrong = new UserError(`"${file}" is no JSON object of texts`, 'Write {"NAME": "value", …}.')
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    // The error would quote what stands there.
    throw wrong
  }
  const result = v.safeParse(scalars, parsed)
  if (!result.success) throw wrong
  return Object.entries(result.output).map(([name, value]) => [name, String(value)])
}
