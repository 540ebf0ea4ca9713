import { Chalk } from 'chalk'
import { deadlineOf, dueOf, isOverdue, nextSteps } from '../journal/deadlines.ts'
import { figuresOf } from '../journal/figures.ts'
import { type Incident, openNeeds, recordOf } from '../journal/incident.ts'
import { describeSeconds } from '../plan/duration.ts'
import { type Phase, phases, type Step } from '../plan/plan.ts'
import { isCommand } from '../plan/tidy-command.ts'
import { tellDue, tellTime } from './tell-time.ts'
import { withId } from './to-json.ts'

type Paint = InstanceType<typeof Chalk>

export interface PrintOptions {
  now: Date
  color: boolean
}

export const phaseTitles: Record<Phase, string> = {
  '5m': 'First 5 minutes',
  '1h': 'First hour',
  '24h': 'First day',
  ongoing: 'Ongoing',
}

/** The whole checklist with its commands. */
export function printPlan(incident: Incident, { now, color }: PrintOptions): string {
  const paint = new Chalk({ level: color ? 1 : 0 })
  const lines = ['A checklist; nothing is stored.', ...describeHead(incident, paint).slice(1), '']
  for (const phase of phases) {
    lines.push(paint.bold(phaseTitles[phase]))
    for (const step of incident.plan.steps.filter(known => known.phase === phase))
      lines.push(...describeStep(incident, step, now, paint, true), '')
  }
  return `${lines.join('\n')}\n`
}

/** Where the incident stands: a line a step. */
export function printStatus(incident: Incident, { now, color }: PrintOptions): string {
  const paint = new Chalk({ level: color ? 1 : 0 })
  const lines = [...describeHead(incident, paint), '']
  for (const phase of phases) {
    lines.push(paint.bold(phaseTitles[phase]))
    for (const step of incident.plan.steps.filter(known => known.phase === phase))
      lines.push(...describeStep(incident, step, now, paint, false))
  }
  const [first] = nextSteps(incident)
  if (first) lines.push('', `Now: ${paint.bold(first.id)}  ${first.title}`)
  return `${lines.join('\n')}\n`
}

/** What can be done now, with all that it takes. */
export function printNext(incident: Incident, { now, color }: PrintOptions): string {
  const paint = new Chalk({ level: color ? 1 : 0 })
  const steps = nextSteps(incident)
  if (steps.length === 0) return incident.isClosed ? 'The incident is closed.\n' : 'Nothing is left to do.\n'
  const [first, ...rest] = steps
  const lines = first ? describeStep(incident, first, now, paint, true) : []
  if (first) lines.push('', paint.dim(`When it is done: stanch incident done ${first.id} --evidence TEXT`))
  if (rest.length > 0) lines.push('', paint.bold('Also open'))
  for (const step of rest) lines.push(...describeStep(incident, step, now, paint, false))
  return `${lines.join('\n')}\n`
}

export function printLegal(incident: Incident, disclaimer: string, { now, color }: PrintOptions): string {
  const paint = new Chalk({ level: color ? 1 : 0 })
  const lines = [disclaimer]
  let regime = ''
  for (const notice of incident.plan.legal) {
    if (notice.regime !== regime) {
      regime = notice.regime
      const start = incident.clocks[regime]
      lines.push(
        '',
        `${paint.bold(notice.regime)}  ${notice.name}`,
        `  applies to: ${notice.applies}`,
        `  clock ${start ? `runs since ${tellTime(new Date(start.time))}` : 'starts when'}${start ? '' : ` ${notice.trigger}`}`,
        ...(notice.note === undefined ? [] : [`  note: ${notice.note}`]),
        paint.dim(`  ${notice.source} (checked ${notice.checked})`),
      )
    }
    const deadline = deadlineOf(notice, incident.clocks)
    const within = notice.chain.map(describeLink).join(' and then ')
    const due = deadline ? `${tellTime(deadline)}, ${tellDue(deadline, now)}` : `within ${within}`
    lines.push(`  • ${notice.to}: ${deadline && deadline < now ? paint.red(due) : due}`)
  }
  lines.push('', 'Start a clock: stanch incident clock REGIME TIME')
  return `${lines.join('\n')}\n`
}

export function describeLink({ within, days }: { within: string; days: string }): string {
  const words: Record<string, string> = {
    M: 'month',
    D: days === 'business' ? 'business day' : 'day',
    H: 'hour',
  }
  if (within === 'PT0S') return 'at once'
  const [, count = '', unit = ''] = /^PT?(\d+)([MDH])$/.exec(within) ?? []
  return count === '' ? within : `${count} ${words[unit]}${count === '1' ? '' : 's'}`
}

function describeHead(incident: Incident, paint: Paint): string[] {
  const { id, plan, finding, clocks, facts, isDrill, isClosed } = incident
  const state = isClosed ? 'closed' : 'open'
  const title = finding ? `${finding.description} ${finding.masked}` : plan.provider
  const { dwellSeconds, timeToVerifiedDeadSeconds } = figuresOf(incident)
  return [
    `${paint.bold(id)}  ${state}${isDrill ? paint.yellow('  DRILL: nothing of this is real') : ''}`,
    `${title}  ${paint.red(plan.severity)}, ${plan.exposed}, ${plan.urgency} deadlines`,
    ...(plan.exposes === undefined ? [] : [`What it opens: ${plan.exposes}`]),
    `Strategy: ${paint.bold(plan.strategy)} (${plan.strategyReason})`,
    ...plan.strategySteps.map((step, i) => `  ${i + 1}. ${step}`),
    `Clocks: ${Object.entries(clocks)
      .map(([name, { time }]) => `${name} ${tellTime(new Date(time))}`)
      .join(', ')}`,
    ...(dwellSeconds === null ? [] : [`Lay open for ${describeSeconds(dwellSeconds)} before it was found`]),
    ...(timeToVerifiedDeadSeconds === null
      ? []
      : [`Verified dead after ${describeSeconds(timeToVerifiedDeadSeconds)}`]),
    ...describeFacts(facts),
    ...facts.warnings.map(warning => paint.yellow(`! ${warning}`)),
  ]
}

const MAX_PLACES = 5

function describeFacts({
  places,
  placeCount,
  firstCommit,
  refs,
  tags,
  envFiles,
  unreachable,
}: Incident['facts']) {
  const more = placeCount > MAX_PLACES ? [`  and ${placeCount - MAX_PLACES} more`] : []
  return [
    ...(places.length
      ? ['Seen at:', ...places.slice(0, MAX_PLACES).map(place => `  ${place}`), ...more]
      : []),
    ...(firstCommit
      ? [`First commit: ${firstCommit.commit.slice(0, 12)} of ${firstCommit.date} by ${firstCommit.author}`]
      : []),
    ...(refs.length ? [`Refs that hold it: ${shorten(refs)}`] : []),
    ...(tags.length ? [`Tags that hold it: ${shorten(tags)}`] : []),
    ...(envFiles.length ? [`.env files that hold it: ${shorten(envFiles)}`] : []),
    ...(unreachable ? [`In ${unreachable} objects that no ref reaches`] : []),
  ]
}

function shorten(names: readonly string[]): string {
  const shown = names.slice(0, MAX_PLACES).join(', ')
  return names.length > MAX_PLACES ? `${shown} and ${names.length - MAX_PLACES} more` : shown
}

function describeStep(incident: Incident, step: Step, now: Date, paint: Paint, isWhole: boolean): string[] {
  const { state } = recordOf(incident, step.id)
  const mark = {
    open: isOverdue(incident, step, now) ? paint.red('!') : '○',
    done: paint.green('✓'),
    waived: '–',
  }
  const head = `${mark[state]} ${paint.bold(step.id.padEnd(15))} ${describeState(incident, step, now, paint)}`
  if (!isWhole) return [`  ${head}`]
  const { title, what, commands, evidence, quirks, source, checked, class: kind } = step
  return [
    `  ${head}`,
    `    ${title}`,
    ...(what === undefined ? [] : [`    ${paint.dim(withId(what, incident.id))}`]),
    ...(kind === 'none' ? [] : [`    Who can: ${describeClass[kind]}`]),
    ...commands.map(
      command =>
        `    ${isCommand(command) ? paint.cyan(`$ ${withId(command, incident.id)}`) : `• ${withId(command, incident.id)}`}`,
    ),
    ...quirks.map(quirk => `    ${paint.yellow('note')} ${quirk}`),
    ...(evidence.length ? [`    Record: ${evidence.join('; ')}`] : []),
    ...(source === undefined ? [] : [paint.dim(`    ${source} (checked ${checked ?? 'never'})`)]),
  ]
}

export const describeClass: Record<Step['class'], string> = {
  anonymous: 'anybody who has the value',
  self: 'whoever holds the value (by stdin, never as an argument)',
  owner: 'the owner, with another credential',
  console: 'a person in the console',
  none: '',
}

function describeState(incident: Incident, step: Step, now: Date, paint: Paint): string {
  const { state, doneAt, by, reason } = recordOf(incident, step.id)
  const role = step.role.padEnd(9)
  if (state === 'done') return `${role}  done ${tellTime(new Date(doneAt ?? 0))} by ${by}`
  if (state === 'waived') return `${role}  waived by ${by}: ${reason}`
  const due = dueOf(step, incident.clocks)
  const left = tellDue(due, now)
  const needs = openNeeds(incident, step)
  const after =
    needs.length === 0 ? '' : `  after ${needs.length > 3 ? `${needs.length} steps` : needs.join(', ')}`
  return `${role}  ${due < now ? paint.red(left) : left} (${tellTime(due)})${paint.dim(after)}`
}
