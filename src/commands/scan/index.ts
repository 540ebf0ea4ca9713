import type { Command } from 'commander'
import type { Context, Finish } from '../context.ts'
import { exitCodeFor } from './exit-code.ts'
import { addScanOptions, checkScanOptions, type ScanOptions } from './options.ts'
import { runScan } from './run-scan.ts'
import { writeReports } from './write-reports.ts'

export function define(command: Command, context: Context, finish: Finish): void {
  addScanOptions(command)
    .addHelpText('after', examples)
    .action(async (paths: string[], _options, command: Command) => {
      const options = command.optsWithGlobals<ScanOptions>()
      checkScanOptions(paths, options)
      const report = await runScan({ ...options, paths }, context)
      await writeReports(report, options, context)
      finish(exitCodeFor(report, options))
    })
}

const examples = `
Examples:
  stanch scan .                                  the working tree
  stanch scan --format json src/ | jq .findings  a directory, for a program
  git show HEAD:config.yml | stanch scan --stdin --stdin-filename config.yml
`
