import { Box, Text } from 'ink'
import { helpLines, shownKeys } from '../incident-keys.ts'
import { type IncidentState, type ShownStep, shownStep, shownSteps } from '../incident-state.ts'
import { wrapText } from '../wrap-text.ts'
import { KeyLine } from './key-line.tsx'

interface Size {
  rows: number
  columns: number
}

/** How times are told and lines are drawn. */
export interface Paint {
  now: () => number
  /** `in 4 min`, `OVERDUE 12 min`. */
  tellDue: (due: number, now: number) => string
  hasColor: boolean
}

/** Lines of the screen that are neither the list's nor the step's: head, phases, keys, message, three empty ones and one to spare. */
const FIXED = 8
/** The least that the step in large takes, and the least that is left for the list. */
const LEAST = { step: 9, list: 4 }

/** What the screen shows, line by line. */
export function Checklist({ state, size, ...paint }: { state: IncidentState; size: Size } & Paint) {
  const step = shownStep(state)
  const lines = step ? linesOf(step, state, size.columns) : []
  const room = Math.max(LEAST.step, Math.min(lines.length + 1, size.rows - FIXED - LEAST.list))
  return (
    <Box flexDirection="column" width={size.columns}>
      <Header state={state} />
      <Phases state={state} {...paint} />
      <Box height={room} flexDirection="column" marginY={1} overflow="hidden">
        {step ? <Large step={step} lines={cut(lines, room - 1)} state={state} {...paint} /> : null}
      </Box>
      <Steps state={state} rows={Math.max(3, size.rows - FIXED - room)} {...paint} />
      <Box marginTop={1} flexDirection="column">
        {state.entry ? <Entry entry={state.entry} at={state.at} /> : <KeyLine keys={shownKeys} gap="   " />}
        <Text wrap="truncate">{state.message || ' '}</Text>
      </Box>
    </Box>
  )
}

function Header({ state: { incident, role } }: { state: IncidentState }) {
  const { id, title, facing, isDrill, isClosed } = incident
  return (
    <Text wrap="truncate">
      <Text bold>{id}</Text>
      {`  ${isDrill ? 'DRILL  ' : ''}${isClosed ? 'CLOSED  ' : ''}${role ? `only ${role}  ` : ''}${facing}  ${title}`}
    </Text>
  )
}

/** `5m 2/5 OVERDUE 1 min` for each phase: how much is done, and when the first of the rest is due. */
function Phases({ state: { incident }, now, tellDue, hasColor }: { state: IncidentState } & Paint) {
  const phases = [...new Set(incident.steps.map(({ phase }) => phase))]
  return (
    <Text wrap="truncate">
      {phases.map(phase => {
        const steps = incident.steps.filter(step => step.phase === phase)
        const open = steps.filter(({ state }) => state === 'open')
        const due = Math.min(...open.map(step => step.due))
        const left = open.length === 0 ? 'done' : largestUnit(tellDue(due, now()))
        return (
          <Text key={phase} {...colorOf(open.length > 0 && due < now() ? 'red' : undefined, hasColor)}>
            <Text bold>{phase}</Text>
            {` ${steps.length - open.length}/${steps.length} ${left}  `}
          </Text>
        )
      })}
    </Text>
  )
}

/** `in 55 min` of `in 55 min 23 s`. */
function largestUnit(text: string): string {
  return text.replace(/(\d+ \p{L}+) \d+ \p{L}+$/u, '$1')
}

interface Line {
  text: string
  kind: 'title' | 'command' | 'text'
}

/** All that is said of a step, in lines that fit. */
function linesOf(step: ShownStep, state: IncidentState, columns: number): Line[] {
  const { title, what, commands, actions, notes, record } = step
  const command = commands[state.command]
  const parts: Line[] = [
    { text: title, kind: 'title' },
    ...state.incident.warnings.map((warning): Line => ({ text: `! ${warning}`, kind: 'text' })),
    ...(what ? [{ text: what, kind: 'text' } as const] : []),
    ...(command === undefined
      ? []
      : [
          {
            text: `$ ${command}${commands.length > 1 ? `   (${state.command + 1} of ${commands.length})` : ''}`,
            kind: 'command',
          } as const,
        ]),
    ...actions.map((action): Line => ({ text: `• ${action}`, kind: 'text' })),
    ...(record ? [{ text: `Record: ${record}`, kind: 'text' } as const] : []),
    ...notes.map((note): Line => ({ text: `Note: ${note}`, kind: 'text' })),
  ]
  return parts.flatMap(({ text, kind }) =>
    wrapText(text, columns).map((line): Line => ({ text: line, kind })),
  )
}

/** What there is room for; what is left out is said. */
function cut(lines: Line[], room: number): Line[] {
  if (lines.length <= room) return lines
  const left = lines.length - room + 1
  return [...lines.slice(0, room - 1), { text: `… ${left} lines more: stanch incident next`, kind: 'text' }]
}

function Large({
  step: { id, role, outcome, due, blockedBy, state: stepState },
  lines,
  state,
  now,
  tellDue,
  hasColor,
}: { step: ShownStep; lines: Line[]; state: IncidentState } & Paint) {
  const isNow = state.incident.next[0] === id
  const isLate = stepState === 'open' && due < now()
  const told =
    stepState === 'open'
      ? `${tellDue(due, now())}${blockedBy.length ? `, after ${blockedBy.slice(0, 3).join(', ')}` : ''}`
      : outcome
  return (
    <>
      <Text wrap="truncate">
        <Text inverse bold {...colorOf(isLate ? 'red' : undefined, hasColor)}>
          {` ${isNow ? 'NOW' : stepState.toUpperCase()}  ${id} `}
        </Text>
        {`  ${told}   ${role}`}
      </Text>
      {lines.map(({ text, kind }, i) => (
        <Text
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is told by its place
          key={i}
          wrap="truncate"
          bold={kind === 'title'}
          {...colorOf(kind === 'command' ? 'cyan' : undefined, hasColor)}
        >
          {text}
        </Text>
      ))}
    </>
  )
}

/** As many steps as there is room for, around the one that is shown in large. */
function Steps({ state, rows, now, tellDue, hasColor }: { state: IncidentState; rows: number } & Paint) {
  const steps = shownSteps(state)
  const at = Math.max(
    0,
    steps.findIndex(({ id }) => id === state.at),
  )
  const first = Math.max(0, Math.min(at - Math.floor(rows / 2), steps.length - rows))
  return (
    <Box flexDirection="column" height={Math.min(rows, steps.length)}>
      {steps.slice(first, first + rows).map(step => {
        const isLate = step.state === 'open' && step.due < now()
        const told = step.state === 'open' ? tellDue(step.due, now()) : step.outcome
        return (
          <Text
            key={step.id}
            wrap="truncate"
            bold={step.id === state.at}
            {...colorOf(isLate ? 'red' : undefined, hasColor)}
          >
            {`${step.id === state.at ? '>' : ' '} ${markOf(step, isLate)} ${step.phase.padEnd(8)}${step.id.padEnd(16)}${step.role.padEnd(10)}${told}`}
          </Text>
        )
      })}
    </Box>
  )
}

function markOf({ state, blockedBy }: ShownStep, isLate: boolean): string {
  if (state !== 'open') return state === 'done' ? '✓' : '–'
  if (isLate) return '!'
  return blockedBy.length > 0 ? '·' : '○'
}

const questions = {
  done: 'What proves it? (@FILE, or nothing)',
  waive: 'Why not?',
  note: 'Note:',
}

function Entry({ entry, at }: { entry: NonNullable<IncidentState['entry']>; at: string }) {
  const question = entry.kind === 'note' ? questions.note : `${at}: ${questions[entry.kind]}`
  return (
    <Text wrap="truncate-start">
      {`${question} ${entry.text}`}
      <Text inverse> </Text>
    </Text>
  )
}

/** All keys and signs. */
export function Help() {
  return (
    <Box flexDirection="column">
      <Text bold>stanch incident: keys</Text>
      <Text> </Text>
      {helpLines.map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines never change places
        <Text key={i} wrap="truncate">
          {line === '' ? ' ' : line}
        </Text>
      ))}
      <Text> </Text>
      <Text>Any key: back</Text>
    </Box>
  )
}

/** Nothing is told by colour alone, so that it can be left out. */
function colorOf(color: string | undefined, hasColor: boolean): { color?: string } {
  return color !== undefined && hasColor ? { color } : {}
}
