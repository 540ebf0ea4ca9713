import type { Command } from 'commander'
import type { Context, Finish } from '../context.ts'
import { addLimitOptions, addSelectingOptions, addSourceOptions } from '../scan/options.ts'
import { createBaseline } from './create.ts'
import { pruneBaselineFile } from './prune.ts'
import type { BaselineOptions } from './scan-for-baseline.ts'
import { updateBaseline } from './update.ts'

export function define(command: Command, context: Context, finish: Finish): void {
  command.addHelpText('after', examples)
  for (const [name, { summary, run }] of Object.entries(extending)) {
    const action = addBaselineOption(command.command(name))
      .description(summary)
      .argument('[path...]', 'what to scan', [])
      .option('--from <file>', `only what another tool's baseline knows: ${foreign}`)
    for (const add of [addSelectingOptions, addSourceOptions, addLimitOptions]) add(action)
    action.action(async (paths: string[], _options, self: Command) =>
      finish(await run({ ...self.optsWithGlobals<BaselineOptions>(), paths }, self, context)),
    )
  }
  const auditing = addBaselineOption(command.command('audit'))
    .description('judge findings one by one on a screen')
    .argument('[path...]', 'what to scan', [])
    .option('--show-secrets', 'values in clear')
  for (const add of [addSelectingOptions, addSourceOptions, addLimitOptions]) add(auditing)
  auditing.action(async (paths: string[], _options, self: Command) =>
    finish(await audit({ ...self.optsWithGlobals<BaselineOptions>(), paths }, self, context)),
  )
  addBaselineOption(command.command('prune'))
    .description('take out what is not found any more')
    .action(async (_options, self: Command) =>
      finish(await pruneBaselineFile(self.optsWithGlobals<BaselineOptions>(), self, context)),
    )
  addBaselineOption(command.command('import'))
    .description('same as update --from FILE')
    .argument('<file>', foreign)
    .action(async (from: string, _options, self: Command) =>
      finish(
        await updateBaseline({ ...self.optsWithGlobals<BaselineOptions>(), from, paths: [] }, self, context),
      ),
    )
}

const audit = async (options: BaselineOptions, self: Command, context: Context): Promise<number> =>
  (await import('./audit.ts')).auditBaseline(options, self, context)

const foreign = "gitleaks' JSON report, or detect-secrets' .secrets.baseline"

const extending = {
  create: { summary: 'accept all that a scan finds now', run: createBaseline },
  update: { summary: 'accept what is new, keep the rest', run: updateBaseline },
}

function addBaselineOption(command: Command): Command {
  return command.option('--baseline <file>', 'the file to write (default: .stanch-baseline.jsonl)')
}

const examples = `
Examples:
  stanch baseline create                               accept what is there, report what comes
  stanch baseline update --from gitleaks-report.json   take over what gitleaks' baseline accepts
  stanch baseline audit                                false alarm, accepted or real?
  stanch baseline prune                                forget what is gone
`
