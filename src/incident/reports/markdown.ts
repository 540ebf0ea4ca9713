import { deadlineOf, dueOf, nextSteps } from '../journal/deadlines.ts'
import { figuresOf } from '../journal/figures.ts'
import { headOf } from '../journal/hash-chain.ts'
import { type Incident, openNeeds, recordOf } from '../journal/incident.ts'
import { describeSeconds } from '../plan/duration.ts'
import { phases, type Step } from '../plan/plan.ts'
import { isCommand } from '../plan/tidy-command.ts'
import { describeEntry } from './describe-entry.ts'
import { describeLink, phaseTitles } from './human.ts'
import { tellDue, tellTime } from './tell-time.ts'
import { withId } from './to-json.ts'

/** The checklist with boxes to tick. */
export function planMarkdown(incident: Incident, now: Date): string {
  return [
    `# Checklist: ${escapeText(incident.plan.provider)}`,
    ...heading(incident).slice(1),
    ...phases.flatMap(phase => [
      `## ${phaseTitles[phase]}`,
      '',
      ...incident.plan.steps
        .filter(step => step.phase === phase)
        .flatMap(step => stepMarkdown(incident, step, now)),
    ]),
  ].join('\n')
}

export function statusMarkdown(incident: Incident, now: Date): string {
  return [...heading(incident), ...stepTable(incident, incident.plan.steps, now), ''].join('\n')
}

export function nextMarkdown(incident: Incident, now: Date): string {
  const steps = nextSteps(incident)
  if (steps.length === 0) return 'Nothing is left to do.\n'
  return steps.flatMap(step => stepMarkdown(incident, step, now)).join('\n')
}

export function legalMarkdown(incident: Incident, disclaimer: string, now: Date): string {
  const rows = incident.plan.legal.map(notice => {
    const deadline = deadlineOf(notice, incident.clocks)
    const due = deadline ? `${tellTime(deadline)} (${tellDue(deadline, now)})` : 'clock does not run'
    const within = notice.chain.map(describeLink).join(' and then ')
    return row([
      notice.regime,
      notice.to,
      notice.trigger,
      within,
      due,
      `${notice.source} (${notice.checked})`,
    ])
  })
  return [
    escapeText(disclaimer),
    '',
    '| regime | notice to | clock starts when | within | deadline | source (checked) |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}

/** The whole story: figures, steps, evidence, legal clocks, journal. */
export function reportMarkdown(incident: Incident, disclaimer: string, now: Date): string {
  const { seq, hash } = headOf(incident.entries)
  return [
    ...heading(incident),
    '## Figures',
    '',
    ...figureLines(incident).map(([name, value]) => `- ${name}: ${value}`),
    '',
    '## Steps',
    '',
    ...stepTable(incident, incident.plan.steps, now),
    '',
    '## Evidence',
    '',
    ...evidenceLines(incident),
    '',
    '## Legal clocks',
    '',
    legalMarkdown(incident, disclaimer, now),
    '## Journal',
    '',
    '| no | time | by | what |',
    '|---|---|---|---|',
    ...incident.entries.map(entry => row([String(entry.seq), entry.at, entry.by, describeEntry(entry)])),
    '',
    `Entry ${seq} is the last one; its hash proves all before it: ${code(hash)}`,
    '',
  ].join('\n')
}

/** Figures in words, of those that are known. */
export function figureLines(incident: Incident): [string, string][] {
  const { dwellSeconds, timeToRevokeSeconds, timeToVerifiedDeadSeconds, exposureSeconds } =
    figuresOf(incident)
  const tell = (seconds: number | null) => (seconds === null ? 'not known' : describeSeconds(seconds))
  return [
    ['From exposure to detection', tell(dwellSeconds)],
    ['From detection to revocation', tell(timeToRevokeSeconds)],
    ['From detection to verified dead', tell(timeToVerifiedDeadSeconds)],
    ['Exposure as a whole', tell(exposureSeconds)],
  ]
}

function heading(incident: Incident): string[] {
  const { id, plan, finding, facts, clocks, isDrill, isClosed } = incident
  const facing = [
    `State: ${isClosed ? 'closed' : 'open'}`,
    `Severity: ${plan.severity}, exposed: ${plan.exposed}, deadlines: ${plan.urgency}`,
    `Strategy: ${plan.strategy} (${escapeText(plan.strategyReason)})`,
    ...(finding
      ? [
          `Credential: ${escapeText(finding.description)}, ${code(finding.masked)}, ${code(finding.fingerprint)}`,
        ]
      : []),
    ...(plan.exposes === undefined ? [] : [`What it opens: ${escapeText(plan.exposes)}`]),
    ...Object.entries(clocks).map(
      ([name, { time, source }]) => `Clock ${name}: ${time} (${escapeText(source)})`,
    ),
    ...facts.places.map(place => `Seen at ${code(place)}`),
    ...(facts.tags.length ? [`Tags: ${facts.tags.map(code).join(', ')}`] : []),
    ...facts.warnings.map(warning => `**${escapeText(warning)}**`),
  ]
  return [
    `# Incident ${id}: ${escapeText(plan.provider)}${isDrill ? ' (a drill)' : ''}`,
    '',
    ...facing.map(line => `- ${line}`),
    '',
  ]
}

function stepMarkdown(incident: Incident, step: Step, now: Date): string[] {
  const { state } = recordOf(incident, step.id)
  const due = dueOf(step, incident.clocks)
  const { commands, evidence, quirks, what, source, checked } = step
  return [
    `- [${state === 'open' ? ' ' : 'x'}] **${step.id}** ${escapeText(step.title)}`,
    `  due ${tellTime(due)} (${step.role})`,
    ...(what === undefined ? [] : ['', `  ${escapeText(withId(what, incident.id))}`]),
    ...commandsMarkdown(commands.map(command => withId(command, incident.id))),
    ...quirks.map(quirk => `  - Note: ${escapeText(quirk)}`),
    ...(evidence.length ? [`  - Record: ${escapeText(evidence.join('; '))}`] : []),
    ...(source === undefined ? [] : [`  - Source: ${source} (checked ${checked ?? 'never'})`]),
    ...(state === 'open' && due < now ? [`  - **${tellDue(due, now)}**`] : []),
    '',
  ]
}

/** In their order, because an "or" follows what it is the other way of. */
function commandsMarkdown(commands: readonly string[]): string[] {
  return commands.flatMap((command, i) => {
    if (!isCommand(command)) return [`  - ${escapeText(command)}`]
    const isFirst = i === 0 || !isCommand(commands[i - 1] ?? '')
    const isLast = i === commands.length - 1 || !isCommand(commands[i + 1] ?? '')
    return [...(isFirst ? ['', '  ```sh'] : []), `  ${command}`, ...(isLast ? ['  ```', ''] : [])]
  })
}

function stepTable(incident: Incident, steps: readonly Step[], now: Date): string[] {
  return [
    '| step | what | role | state | due |',
    '|---|---|---|---|---|',
    ...steps.map(step => {
      const { state, doneAt, by, reason } = recordOf(incident, step.id)
      const due = dueOf(step, incident.clocks)
      const needs = openNeeds(incident, step)
      const told = {
        open: needs.length
          ? `after ${needs.length > 3 ? `${needs.length} steps` : needs.join(', ')}`
          : 'open',
        done: `done ${doneAt} by ${by}`,
        waived: `waived by ${by}: ${reason}`,
      }[state]
      return row([
        step.id,
        step.title,
        step.role,
        told,
        state === 'open' ? `${tellTime(due)}, ${tellDue(due, now)}` : tellTime(due),
      ])
    }),
  ]
}

function evidenceLines(incident: Incident): string[] {
  const lines = incident.plan.steps.flatMap(({ id, evidence: wanted }) => {
    const { state, evidence, files, principal } = recordOf(incident, id)
    const told = [
      ...evidence.map(text => escapeText(text)),
      ...files.map(({ name, sha256 }) => `file ${code(name)}, SHA-256 ${code(sha256)}`),
      ...(principal === undefined ? [] : [`with ${code(principal)}`]),
    ]
    if (state === 'done' && told.length === 0 && wanted.length > 0)
      return [`- **${id}**: nothing was recorded`]
    return told.map(text => `- **${id}**: ${text}`)
  })
  return lines.length ? lines : ['None yet.']
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(cell => escapeText(cell).replaceAll('\n', '<br>')).join(' | ')} |`
}

function code(text: string): string {
  return `<code>${escapeText(text)}</code>`
}

/** Neither HTML nor Markdown nor a mention; still to be read where nothing renders it. */
function escapeText(text: string): string {
  return text
    .replace(/[\\`*_~[\]|]/g, '\\$&')
    .replace(/[&<>@#]/g, character => `&#${character.charCodeAt(0)};`)
}
