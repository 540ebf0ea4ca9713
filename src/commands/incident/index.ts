import { type Command, Option } from 'commander'
import { exposures, strategyIds } from '../../incident/plan/plan.ts'
import { severities } from '../../model.ts'
import type { Context, Finish } from '../context.ts'
import type { DoneOptions } from './apply-change.ts'
import type { AssessOptions } from './change.ts'
import type { Format, ShowOptions, View } from './show.ts'
import type { StartOptions } from './start.ts'

export function define(command: Command, context: Context, finish: Finish): void {
  command.addHelpText('after', examples)
  defineStart(command, context, finish)
  defineViews(command, context, finish)
  defineChanges(command, context, finish)
  defineMore(command, context, finish)
}

function defineStart(command: Command, context: Context, finish: Finish): void {
  const starting = addStartOptions(command.command('start').description('open an incident')).option(
    '--parent <id>',
    'the incident that this one came up in',
  )
  addStoreOptions(starting, false)
    .option('--by <name>', 'who acts (default: the account)')
    .action(async (_options, self: Command) => {
      const { startIncident } = await import('./start.ts')
      finish(await startIncident(self.optsWithGlobals<StartOptions>(), context))
    })
  addStartOptions(
    command.command('plan').description('print the checklist that start would open; nothing is stored'),
  ).action(async (_options, self: Command) => {
    const { showPlan } = await import('./start.ts')
    finish(await showPlan(self.optsWithGlobals<StartOptions>(), context))
  })
}

function addStartOptions(command: Command): Command {
  return addFormat(command)
    .option('--finding <report[#fingerprint]>', 'a finding of a report, or a fingerprint to look for here')
    .option('--seen <report...>', 'more reports that may have seen it: of images, of other repositories')
    .option('--provider <name>', 'who issued it')
    .option('--rule <id>', 'the rule that tells it')
    .addOption(
      new Option('--exposed <where>', 'who could read it (default: as if public)').choices(exposures),
    )
    .option('--at <time>', 'when it was detected: 2026-11-26T03:12Z, or 20m ago as 20m (default: now)')
    .addOption(new Option('--strategy <name>', 'how to change it (default: what suits)').choices(strategyIds))
    .addOption(new Option('--severity <level>', 'default: that of the rule').choices(severities))
    .option('--abused', 'abuse was seen: revoke at once')
    .option('--no-history', 'do not look for it in the repository')
}

const views: Record<View, string> = {
  plan: '',
  status: 'where it stands',
  next: 'what to do now',
  legal: 'regimes of law and their clocks',
}

function defineViews(command: Command, context: Context, finish: Finish): void {
  addStoreOptions(
    addFormat(command.command('list').description('all incidents of the project')),
    false,
  ).action(async (_options, self: Command) => {
    const { listIncidents } = await import('./show.ts')
    finish(await listIncidents(self.optsWithGlobals<ShowOptions>(), context))
  })
  for (const view of ['status', 'next', 'legal'] as const) {
    addStoreOptions(addFormat(command.command(view).description(views[view]))).action(
      async (_options, self: Command) => {
        const { showView } = await import('./show.ts')
        finish(await showView(view, self.optsWithGlobals<ShowOptions>(), context))
      },
    )
  }
  addStoreOptions(command.command('report').description('the whole story, for those who come after'))
    .addOption(
      new Option('--format <format>', 'form of the report')
        .choices(['markdown', 'html', 'json'])
        .default('markdown'),
    )
    .action(async (_options, self: Command) => {
      const { showReport } = await import('./show.ts')
      finish(await showReport(self.optsWithGlobals(), context))
    })
}

function defineChanges(command: Command, context: Context, finish: Finish): void {
  const changing = (name: string, summary: string) =>
    addStoreOptions(command.command(name).description(summary)).option(
      '--by <name>',
      'who acts (default: the account)',
    )
  changing('done', 'a step is done')
    .argument('<step>', 'its name')
    .option('--evidence <text|@file>', 'what proves it; secrets in it are masked')
    .option('--at <time>', 'when it was done (default: now)')
    .option('--principal <name>', 'the credential it was done with')
    .action(async (step: string, _options, self: Command) => {
      const { markDone } = await import('./change.ts')
      finish(await markDone(step, self.optsWithGlobals<DoneOptions>(), context))
    })
  changing('waive', 'a step will not be done')
    .argument('<step>', 'its name')
    .requiredOption('--reason <text>', 'why not')
    .action(async (step: string, _options, self: Command) => {
      const { waiveStep } = await import('./change.ts')
      finish(await waiveStep(step, self.optsWithGlobals(), context))
    })
  changing('reopen', 'a step that was done or waived is open again')
    .argument('<step>', 'its name')
    .requiredOption('--reason <text>', 'why')
    .action(async (step: string, _options, self: Command) => {
      const { reopenStep } = await import('./change.ts')
      finish(await reopenStep(step, self.optsWithGlobals(), context))
    })
  changing('note', 'write something down')
    .argument('<text|@file>', 'what')
    .action(async (text: string, _options, self: Command) => {
      const { addNote } = await import('./change.ts')
      finish(await addNote(text, self.optsWithGlobals(), context))
    })
  changing('clock', 'set a clock')
    .argument('<name>', 'exposure, detection, response, containment, monitoring, or a regime of law')
    .argument('<time>', '2026-11-26T03:12Z, or 20m ago as 20m')
    .action(async (name: string, time: string, _options, self: Command) => {
      const { setClock } = await import('./change.ts')
      finish(await setClock(name, time, self.optsWithGlobals(), context))
    })
  changing('assess', 'new facts: severity, exposure, strategy')
    .addOption(new Option('--severity <level>').choices(severities))
    .addOption(new Option('--exposed <where>').choices(exposures))
    .addOption(new Option('--strategy <name>').choices(strategyIds))
    .option('--abused', 'abuse was seen')
    .requiredOption('--reason <text>', 'what is new')
    .action(async (_options, self: Command) => {
      const { assessIncident } = await import('./change.ts')
      finish(await assessIncident(self.optsWithGlobals<AssessOptions>(), context))
    })
  changing('close', 'close it; refused while a step is open')
    .option('--evidence <text|@file>', 'what proves it')
    .action(async (_options, self: Command) => {
      const { closeIncident } = await import('./change.ts')
      finish(await closeIncident(self.optsWithGlobals<DoneOptions>(), context))
    })
}

function defineMore(command: Command, context: Context, finish: Finish): void {
  addStoreOptions(command.command('resume').description('the screen with countdowns'))
    .option('--by <name>', 'who acts (default: the account)')
    .action(async (_options, self: Command) => {
      const { resumeIncident } = await import('./resume.ts')
      finish(await resumeIncident(self.optsWithGlobals<ShowOptions>(), context))
    })
  addStoreOptions(command.command('purge-plan').description('how to take it out of the history'))
    .option('--repository <path>', 'default: the project')
    .option('--stdin', 'the value comes by standard input')
    .option('--verify <path>', 'a repository that must not hold it any more; 1 when it does')
    .option('--shred', 'overwrite and remove the file that holds the value')
    .action(async (_options, self: Command) => {
      const { planPurge } = await import('./purge/purge-plan.ts')
      finish(await planPurge(self.optsWithGlobals<ShowOptions>(), context))
    })
  addStoreOptions(command.command('drill').description('practise with a made-up leak'), false)
    .option('--by <name>', 'who acts (default: the account)')
    .action(async (_options, self: Command) => {
      const { startDrill } = await import('./drill.ts')
      finish(await startDrill({ ...self.optsWithGlobals<StartOptions>(), history: true }, context))
    })
}

function addStoreOptions(command: Command, isOne = true): Command {
  if (isOne) command.option('--incident <id>', 'which one (default: the only open one)')
  return command.option('--dir <folder>', 'where incidents lie (default: .stanch/incidents in the project)')
}

function addFormat(command: Command): Command {
  const formats: Format[] = ['human', 'markdown', 'json']
  return command.addOption(
    new Option('--format <format>', 'form of the output').choices(formats).default('human'),
  )
}

const examples = `
Examples:
  stanch incident plan --provider stripe                 what would have to be done
  stanch scan --format json . > r.json; stanch incident start --finding r.json --exposed public
  stanch incident next                                   what to do now
  stanch incident done contain --evidence @answer.json   with what proves it
  stanch incident drill                                  practise it
`
