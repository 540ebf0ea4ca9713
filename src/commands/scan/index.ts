import type { Command } from 'commander'
import type { Context, Finish } from '../context.ts'
import { loadSettings } from '../load-settings.ts'
import { findProject } from '../project.ts'
import { completeRequest } from './complete-request.ts'
import { exitCodeFor } from './exit-code.ts'
import { describeForeignSettings } from './foreign-settings.ts'
import { givenOptions } from './given-options.ts'
import { addScanOptions, checkScanOptions, type ScanOptions } from './options.ts'
import { runScan } from './run-scan.ts'
import { createProgress } from './show-progress.ts'
import { writeReports } from './write-reports.ts'

export function define(command: Command, context: Context, finish: Finish): void {
  addScanOptions(command)
    .addHelpText('after', examples)
    .action(async (paths: string[], _options, command: Command) => {
      const options = command.optsWithGlobals<ScanOptions>()
      checkScanOptions(paths, options)
      const project = findProject(context.cwd)
      const settings = await loadSettings(project, { ...context, config: options.config })
      const request = completeRequest(
        { ...givenOptions(command), paths, ...(options.verbose ? { explain: true } : {}) },
        settings,
        context.cwd,
      )
      const warn = (note: string) => void (options.quiet || context.stderr.write(`stanch: ${note}\n`))
      const isWatched = context.stderr.isTTY === true && !options.quiet
      const progress = isWatched ? createProgress(text => void context.stderr.write(text)) : undefined
      const afterReport: (() => void)[] = []
      const report = await runScan(request, {
        ...context,
        warn,
        afterReport: act => void afterReport.push(act),
        ...(progress ? { progress: progress.show } : {}),
      }).finally(() => progress?.end())
      await writeReports(report, options, context)
      for (const act of afterReport) act()
      if (!options.quiet)
        for (const note of describeForeignSettings(project, paths, context.cwd)) context.stderr.write(note)
      finish(exitCodeFor(report, request))
    })
}

const examples = `
Examples:
  stanch scan .                                  the working tree
  stanch scan --format json src/ | jq .findings  a directory, for a program
  stanch scan --image registry.example/app:1.4    an image, with what later layers delete
  stanch scan --range origin/main..HEAD          what a branch brings
  git show HEAD:config.yml | stanch scan --stdin --stdin-filename config.yml
`
