import { type Command, Option } from 'commander'

/** The options that every command takes. */
export function addGlobalOptions(program: Command): Command {
  return program
    .addOption(new Option('--config <file>', 'settings file (default: .stanch.toml, upwards)'))
    .addOption(new Option('--cwd <dir>', 'run as if started in this directory'))
    .addOption(new Option('--color <when>', 'colours').choices(['auto', 'always', 'never']).default('auto'))
    .option('--quiet', 'no progress, no summary on stderr')
    .option('--verbose', 'say more, and show the stack of an error')
    .option('--log-json', 'log lines as JSON')
}
