import { Command } from 'commander'
import { ExitCode } from '../../errors.ts'
import type { CommandEntry, Context, Finish } from '../context.ts'
import { addGlobalOptions } from '../global-options.ts'
import { completeWords } from './complete-words.ts'

/** Hidden: what the scripts of `stanch completion` call. */
export function define(command: Command, context: Context, finish: Finish): void {
  command.argument('[words...]').action(async (words: string[]) => {
    const program = await describeCommands(words, context)
    for (const { word, description } of completeWords(program, words))
      context.stdout.write(`${word}\t${description}\n`)
    finish(ExitCode.clean)
  })
}

/** All commands by name; only the one that is being typed is loaded. */
async function describeCommands(words: readonly string[], context: Context): Promise<Command> {
  const { commands } = await import('../index.ts')
  const program = addGlobalOptions(new Command('stanch'))
  const wanted = words.slice(0, -1).find(word => Object.hasOwn(commands, word))
  for (const [name, entry] of Object.entries<CommandEntry>(commands)) {
    if (entry.isHidden) continue
    const command = program.command(name).description(entry.summary)
    if (name === wanted) (await entry.load()).define(command, context, () => {})
  }
  return program
}
