import type { Command } from 'commander'
import { Option } from 'commander'
import { dialectNames } from '../../dotenv/index.ts'
import type { Context, Finish } from '../context.ts'
import { addTemplateOptions, missingOption, type TemplateOptions } from './options.ts'

type Action = (file: string | undefined, options: TemplateOptions, context: Context) => Promise<number>

export function define(command: Command, context: Context, finish: Finish): void {
  command.addHelpText('after', examples)
  const add = (usage: string, description: string, load: () => Promise<Action>): Command => {
    const made = addTemplateOptions(command.command(usage).description(description))
    return made.action(async (...given: unknown[]) => {
      const run = await load()
      const file = typeof given[0] === 'string' ? given[0] : undefined
      finish(await run(file, made.optsWithGlobals<TemplateOptions>(), context))
    })
  }

  add(
    'add',
    "write env/{stage}.env from the store's entries",
    async () => (await import('./add.ts')).addEntries,
  )
  add(
    'from <file>',
    'make a template of a .env; nothing is written to a store',
    async () => (await import('./from.ts')).makeFrom,
  )
    .option('--output <file>', 'where to write it (default: env/{stage}.env; - for standard output)')
    .addOption(new Option('--dialect <dialect>', 'whose .env it is').choices(dialectNames).default('dotenv'))
  add(
    'validate [file]',
    'name each bad or missing reference',
    async () => (await import('./validate.ts')).validateTemplate,
  )
  add(
    'render [file]',
    'write it out with its values, in plaintext',
    async () => (await import('./render.ts')).renderTemplate,
  )
    .addOption(missingOption())
    .option('--output <file>', 'where to write it, for its owner only (default: standard output)')
}

const examples = `
Examples:
  stanch template add --stage production          env/production.env with a line for each entry
  stanch template validate env/production.env
  stanch template render --stage staging --output .env
  stanch template from .env --vault ssm           secrets become references, the rest stays
`
