import type { Context } from './context.ts'

/** Asks a person; without a terminal the answer is no. */
export async function confirm(
  question: string,
  { stdin, stdout }: Pick<Context, 'stdin' | 'stdout'>,
): Promise<boolean> {
  if (!('isTTY' in stdin) || !stdin.isTTY || !stdout.isTTY) return false
  const prompts = await import('@clack/prompts')
  return (await prompts.confirm({ message: question, initialValue: false })) === true
}
