import { ExitCode } from '../../errors.ts'
import type { Incident } from '../../incident/journal/incident.ts'
import { printLegal, printNext, printPlan, printStatus } from '../../incident/reports/human.ts'
import {
  legalMarkdown,
  nextMarkdown,
  planMarkdown,
  reportMarkdown,
  statusMarkdown,
} from '../../incident/reports/markdown.ts'
import { printList } from '../../incident/reports/print-list.ts'
import {
  toLegalJson,
  toNextJson,
  toPlanJson,
  toReportJson,
  toStatusJson,
} from '../../incident/reports/to-json.ts'
import type { Context, GlobalOptions } from '../context.ts'
import { writeText } from '../write-text.ts'
import { listFolders, loadOrTell, pickIncident, type StoreOptions } from './incident-store.ts'
import { loadIncidentData } from './load-incident-data.ts'

export type Format = 'human' | 'markdown' | 'json'

export interface ShowOptions extends GlobalOptions {
  format: Format
}

/** What `plan`, `status`, `next` and `legal` print. */
export type View = keyof typeof views

const disclaimer = (): string => loadIncidentData().disclaimer

const views = {
  plan: { human: printPlan, markdown: planMarkdown, json: toPlanJson },
  status: { human: printStatus, markdown: statusMarkdown, json: toStatusJson },
  next: { human: printNext, markdown: nextMarkdown, json: toNextJson },
  legal: {
    human: (incident: Incident, options: { now: Date; color: boolean }) =>
      printLegal(incident, disclaimer(), options),
    markdown: (incident: Incident, now: Date) => legalMarkdown(incident, disclaimer(), now),
    json: (incident: Incident) => toLegalJson(incident, disclaimer()),
  },
}

export async function showIncident(
  view: View,
  incident: Incident,
  options: ShowOptions,
  context: Context,
): Promise<void> {
  const now = context.now()
  const { human, markdown, json } = views[view]
  const texts = {
    human: () => human(incident, { now, color: wantsColor(options, context) }),
    markdown: () => markdown(incident, now),
    json: () => `${JSON.stringify(json(incident, now), null, 2)}\n`,
  }
  await writeText(context.stdout, texts[options.format]())
}

export async function showView(
  view: View,
  options: StoreOptions & ShowOptions,
  context: Context,
): Promise<number> {
  await showIncident(view, pickIncident(options, context).incident, options, context)
  return ExitCode.clean
}

export async function listIncidents(options: StoreOptions & ShowOptions, context: Context): Promise<number> {
  const incidents = listFolders(options, context).map(folder => {
    const loaded = loadOrTell(folder)
    return 'problem' in loaded ? { id: folder.id, problem: loaded.problem } : loaded.incident
  })
  await writeText(context.stdout, printList(incidents, context.now(), options.format))
  return incidents.some(incident => 'problem' in incident) ? ExitCode.trouble : ExitCode.clean
}

export async function showReport(
  { format, ...options }: StoreOptions & { format: 'markdown' | 'html' | 'json' },
  context: Context,
): Promise<number> {
  const { incident } = pickIncident(options, context)
  const now = context.now()
  const text = {
    markdown: async () => reportMarkdown(incident, disclaimer(), now),
    html: async () =>
      (await import('../../incident/reports/html.ts')).reportHtml(incident, disclaimer(), now),
    json: async () => `${JSON.stringify(toReportJson(incident, now), null, 2)}\n`,
  }
  await writeText(context.stdout, await text[format]())
  return ExitCode.clean
}

export function wantsColor({ color }: Pick<GlobalOptions, 'color'>, { stdout, env }: Context): boolean {
  if (color !== 'auto') return color === 'always'
  if (env.NO_COLOR) return false
  return env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0' ? true : stdout.isTTY === true
}
