import { UserError } from '../errors.ts'
import { Secret } from '../model.ts'
import type { Context } from './context.ts'

/** Asks on the terminal without showing what is typed; undefined where there is none. Results stay out of its way. */
export function passphraseAsker({
  stdin,
  stderr,
}: Pick<Context, 'stdin' | 'stderr'>): ((question: string) => Promise<Secret>) | undefined {
  if (!('isTTY' in stdin) || !stdin.isTTY || !stderr.isTTY) return undefined
  return question => askHidden(question, stderr)
}

async function askHidden(question: string, output: NodeJS.WritableStream): Promise<Secret> {
  const { password, isCancel } = await import('@clack/prompts')
  // The stream of a terminal, as clack wants it.
  const answer = await password({ message: question, output: output as NodeJS.WriteStream })
  if (isCancel(answer)) throw new UserError('nothing was entered', 'Nothing has been done.')
  return new Secret(answer)
}
