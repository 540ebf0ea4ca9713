import { isUtf8 } from 'node:buffer'
import { UserError } from '../../errors.ts'
import { Secret } from '../../model.ts'
import { passphraseAsker } from '../ask-passphrase.ts'
import type { Context } from '../context.ts'

/**
 * A value from standard input, or from a prompt that does not show it. One final newline is the pipe's, not the value's.
 * @throws UserError for bytes that are no text
 */
export async function readValue(
  key: string,
  { raw }: { raw?: boolean },
  context: Pick<Context, 'stdin' | 'stderr'>,
): Promise<Secret> {
  const ask = passphraseAsker(context)
  if (ask) return ask(`Value of ${key}`)
  const bytes = await readAll(context.stdin)
  if (bytes.length === 0 && !raw)
    throw new UserError(
      `no value for "${key}" came through standard input`,
      'Say --raw to write an empty one.',
    )
  return new Secret(readText(bytes, raw ?? false))
}

/** What stands in a pipe, undefined where there is a terminal. */
export async function readPiped(stdin: Context['stdin']): Promise<string | undefined> {
  if ('isTTY' in stdin && stdin.isTTY) return undefined
  return readText(await readAll(stdin), false)
}

function readText(bytes: Buffer, raw: boolean): string {
  if (!isUtf8(bytes))
    throw new UserError('the value is no UTF-8 text', 'Encode it, for instance with base64.')
  const text = bytes.toString('utf8')
  return raw ? text : text.replace(/\r?\n$/, '')
}

async function readAll(stream: NodeJS.ReadableStream): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}
