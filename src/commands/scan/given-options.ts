import type { Command } from 'commander'
import type { ScanOptions } from './options.ts'

/** Options that somebody wrote, so that those left out can come from the settings. */
export function givenOptions(command: Command): Partial<ScanOptions> {
  const options = Object.entries(command.opts<ScanOptions>())
  return Object.fromEntries(options.filter(([name]) => command.getOptionValueSource(name) !== 'default'))
}
