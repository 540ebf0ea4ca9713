/** What the screen of `stanch incident` shows, and how keys change it. */

export interface ShownStep {
  id: string
  title: string
  role: string
  phase: string
  state: 'open' | 'done' | 'waived'
  /** Milliseconds since 1970. */
  due: number
  /** Steps that are to be done before. */
  blockedBy: string[]
  what: string
  /** What a shell takes. */
  commands: string[]
  /** What a person does in a console. */
  actions: string[]
  /** What surprises. */
  notes: string[]
  /** What to write down. */
  record: string
  /** Of a step that is not open: when, by whom, why. */
  outcome: string
}

/** All texts are safe to show. */
export interface ShownIncident {
  id: string
  title: string
  facing: string
  warnings: string[]
  isDrill: boolean
  isClosed: boolean
  steps: ShownStep[]
  /** Ids of what can be done now, the most urgent first. */
  next: string[]
}

export type Asked = 'done' | 'waive' | 'note'

/** What a person has decided; the screen hands it on. */
export interface Decision {
  kind: Asked
  step: string
  text: string
}

export interface IncidentState {
  incident: ShownIncident
  /** Id of the step that is shown in large. */
  at: string
  /** Follows what is most urgent until a person moves. */
  isFollowing: boolean
  role?: string
  /** Which of the step's commands is copied. */
  command: number
  /** What is being typed. */
  entry?: { kind: Asked; text: string }
  /** To be handed on, once. */
  decision?: Decision
  message: string
  isHelp: boolean
  hasQuit: boolean
}

export type IncidentAction =
  | { type: 'move'; by: number }
  | { type: 'now' }
  | { type: 'ask'; kind: Asked }
  | { type: 'type'; text: string }
  | { type: 'erase' }
  | { type: 'submit' }
  | { type: 'cancel' }
  | { type: 'role' }
  | { type: 'command'; by: number }
  | { type: 'help' }
  | { type: 'quit' }
  | { type: 'show'; incident: ShownIncident; message?: string }
  | { type: 'tell'; message: string }

export function openIncident(incident: ShownIncident): IncidentState {
  return {
    incident,
    at: mostUrgent(incident, undefined),
    isFollowing: true,
    command: 0,
    message: '',
    isHelp: false,
    hasQuit: false,
  }
}

export function reduceIncident(state: IncidentState, action: IncidentAction): IncidentState {
  if (action.type === 'show') return show(state, action.incident, action.message)
  if (action.type === 'tell') return { ...state, message: action.message }
  // Any key leads back.
  if (state.isHelp) return { ...state, isHelp: false }
  if (state.entry) return reduceEntry(state, state.entry, action)
  switch (action.type) {
    case 'move':
      return move(state, action.by)
    case 'now':
      return follow({ ...state, isFollowing: true })
    case 'ask':
      return ask(state, action.kind)
    case 'role':
      return nextRole(state)
    case 'command':
      return { ...state, command: turn(state.command + action.by, shownStep(state)?.commands.length ?? 0) }
    case 'help':
      return { ...state, isHelp: true }
    case 'quit':
      return { ...state, hasQuit: true }
    default:
      return state
  }
}

/** While something is typed, all else waits. */
function reduceEntry(
  state: IncidentState,
  entry: NonNullable<IncidentState['entry']>,
  action: IncidentAction,
): IncidentState {
  const { entry: _typed, ...idle } = state
  switch (action.type) {
    case 'type':
      return { ...state, entry: { ...entry, text: entry.text + action.text } }
    case 'erase':
      return { ...state, entry: { ...entry, text: [...entry.text].slice(0, -1).join('') } }
    case 'cancel':
      return { ...idle, message: '' }
    case 'submit':
      return submit(state, entry, idle)
    default:
      return state
  }
}

/** Evidence may be left out; a reason or a note may not. */
function submit(
  state: IncidentState,
  { kind, text }: NonNullable<IncidentState['entry']>,
  idle: IncidentState,
): IncidentState {
  const said = text.trim()
  if (said === '' && kind !== 'done') return { ...state, message: 'It needs a word.' }
  return { ...idle, decision: { kind, step: state.at, text: said }, message: 'Writing…' }
}

function ask(state: IncidentState, kind: Asked): IncidentState {
  const step = shownStep(state)
  if (state.incident.isClosed) return { ...state, message: 'The incident is closed.' }
  if (kind === 'done' && step && step.blockedBy.length > 0)
    return { ...state, message: `${step.id} needs ${step.blockedBy.slice(0, 3).join(', ')} first.` }
  if (kind === 'waive' && step?.state === 'done') return { ...state, message: `${step.id} is done.` }
  return { ...state, entry: { kind, text: '' }, message: '' }
}

/** The journal has changed, by us or by somebody else. */
function show(state: IncidentState, incident: ShownIncident, message = state.message): IncidentState {
  const { decision: _handedOn, ...rest } = state
  return follow({ ...rest, incident, message })
}

function follow(state: IncidentState): IncidentState {
  if (!state.isFollowing) return state
  const at = mostUrgent(state.incident, state.role)
  return at === state.at ? state : { ...state, at, command: 0 }
}

function move(state: IncidentState, by: number): IncidentState {
  const steps = shownSteps(state)
  const now = steps.findIndex(({ id }) => id === state.at)
  const step = steps[Math.max(0, Math.min(steps.length - 1, now + by))]
  return step ? { ...state, at: step.id, isFollowing: false, command: 0, message: '' } : state
}

function nextRole(state: IncidentState): IncidentState {
  const { role, ...rest } = state
  const roles = [undefined, ...new Set(state.incident.steps.map(step => step.role))]
  const next = roles[(roles.indexOf(role) + 1) % roles.length]
  return follow({ ...rest, ...(next === undefined ? {} : { role: next }), isFollowing: true, message: '' })
}

/** Those of the role that is looked at. */
export function shownSteps({ incident, role }: Pick<IncidentState, 'incident' | 'role'>): ShownStep[] {
  return incident.steps.filter(step => role === undefined || step.role === role)
}

export function shownStep({ incident, at }: IncidentState): ShownStep | undefined {
  return incident.steps.find(({ id }) => id === at)
}

function mostUrgent(incident: ShownIncident, role: string | undefined): string {
  const mine = shownSteps({ incident, ...(role === undefined ? {} : { role }) })
  const ready = incident.next.find(id => mine.some(step => step.id === id))
  const open = mine.find(({ state }) => state === 'open')
  return ready ?? open?.id ?? mine.at(-1)?.id ?? ''
}

function turn(number: number, count: number): number {
  return count === 0 ? 0 : (number + count) % count
}
