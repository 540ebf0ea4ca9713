import { type Command, Option } from 'commander'
import type { Context, Finish } from '../context.ts'
import { checkCommand } from './check.ts'
import { type ImportOptions, importRules } from './import.ts'
import { listRules } from './list.ts'
import { showRule } from './show.ts'
import { testRule } from './test.ts'

export function define(command: Command, context: Context, finish: Finish): void {
  command
    .command('list')
    .description('every rule with its provider and severity')
    .addOption(formatOption())
    .action(async (options: { format: string }) => finish(await listRules(options, context)))
  command
    .command('show <id>')
    .description('one rule, and what to do about a leak')
    .addOption(formatOption())
    .action(async (id: string, options: { format: string }) => finish(await showRule(id, options, context)))
  command
    .command('check [file...]')
    .description(
      'run the examples of rule files, and find what is wrong with them (default: the built-in rules)',
    )
    .action(async (files: string[]) => finish(await checkCommand(files, context)))
  command
    .command('import <file...>')
    .description('turn rule files of other scanners into ours; what cannot be translated is named')
    .option(
      '--from <tool>',
      'gitleaks, betterleaks, kingfisher, noseyparker or titus (default: by the content)',
    )
    .option('--to <file>', 'where to write the rules (default: standard output)')
    .action(async (files: string[], options: ImportOptions) =>
      finish(await importRules(files, options, context)),
    )
  command
    .command('test <id> <text>')
    .description('whether a rule finds something in a text; - reads it from standard input')
    .action(async (id: string, text: string) => finish(await testRule(id, text, context)))
  command.addHelpText('after', examples)
}

function formatOption(): Option {
  return new Option('--format <format>', 'of the list').choices(['human', 'json']).default('human')
}

const examples = `
Examples:
  stanch rules list --format json | jq -r '.[].id'
  stanch rules check security/rules/
  stanch rules import .gitleaks.toml --to security/rules/gitleaks.toml
  stanch rules test github-token - < build.log
`
