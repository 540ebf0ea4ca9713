/** What the screen of `stanch migrate` shows, and how keys change it. All texts are safe to show. */

/** One of several things to choose from. */
export interface Offer {
  value: string
  about: string
  /** What may stand behind the value, after a colon: a person is asked, with this to begin with. */
  argument?: string
}

/** `split`: the text stays in the template, and the password in it goes to the vault. */
export type Destination = 'store' | 'plain' | 'leave' | 'split'

export interface ShownKey {
  key: string
  /** Where it is one of several files. */
  stage: string
  goes: Destination
  /** `store`, `is there`, `FAIL`… */
  action: string
  /** Where in the store. */
  name: string
  reason: string
  /** A URL with a password. */
  canSplit: boolean
  /** It cannot go elsewhere. */
  isFixed: boolean
}

export interface ShownPlan {
  title: string
  keys: readonly ShownKey[]
  /** Readings that differ, what is cleaned up, what else holds the plaintext. */
  notes: readonly string[]
  copies: number
  canApply: boolean
}

/** What a person has chosen so far. */
export interface Selection {
  file?: string
  vault?: string
  goes: ReadonlyMap<string, Destination>
  keepFile: boolean
  removeCopies: boolean
  example: boolean
  onConflict: 'fail' | 'skip' | 'overwrite'
}

/** What the screen hands on, once. */
export type MigrateRequest = { type: 'plan' | 'apply'; selection: Selection }

export interface MigrateState {
  step: 'file' | 'vault' | 'review' | 'working' | 'done' | 'failed'
  files: readonly Offer[]
  vaults: readonly Offer[]
  selection: Selection
  at: number
  /** What is typed behind an offer. */
  typed?: string
  plan?: ShownPlan
  /** The plan on its way; answers to others come too late. */
  request?: MigrateRequest
  isAsking: boolean
  /** Enter was pressed while the plan was on its way. */
  isAwaited: boolean
  isHelp: boolean
  done: readonly string[]
  progress?: { at: number; of: number; name: string }
  message: string
  hasQuit: boolean
}

export type MigrateAction =
  | { type: 'move'; by: number }
  | { type: 'enter' }
  | { type: 'change' }
  | { type: 'wish'; wish: 'keepFile' | 'removeCopies' | 'example' | 'onConflict' }
  | { type: 'answer'; isYes: boolean }
  | { type: 'type'; text: string }
  | { type: 'erase' }
  | { type: 'back' }
  | { type: 'help' }
  | { type: 'quit' }
  | { type: 'planned'; request: MigrateRequest; plan: ShownPlan }
  | { type: 'refused'; request: MigrateRequest; message: string }
  | { type: 'progress'; at: number; of: number; name: string }
  | { type: 'phase'; text: string }
  | { type: 'done'; lines: readonly string[] }
  | { type: 'failed'; lines: readonly string[] }

export function startMigrate(
  files: readonly Offer[],
  vaults: readonly Offer[],
  selection: Selection,
): MigrateState {
  const state: MigrateState = {
    ...{ step: 'file', files, vaults, selection, at: 0, isAsking: false, isAwaited: false, isHelp: false },
    ...{ done: [], message: '', hasQuit: false },
  }
  return advance(state)
}

/** To the first thing that is not chosen yet. */
function advance(state: MigrateState): MigrateState {
  const { file, vault } = state.selection
  if (file === undefined) return { ...state, step: 'file', at: 0 }
  if (vault === undefined) return { ...state, step: 'vault', at: 0 }
  return replan({ ...state, step: 'review', at: 0 })
}

function replan(state: MigrateState): MigrateState {
  return { ...state, request: { type: 'plan', selection: state.selection }, message: 'Asking the vault…' }
}

export function reduceMigrate(state: MigrateState, action: MigrateAction): MigrateState {
  switch (action.type) {
    case 'planned':
    case 'refused':
      return action.request === state.request ? takeAnswer(state, action) : state
    case 'progress':
      return { ...state, progress: action, message: '' }
    case 'phase':
      return { ...state, done: [...state.done, action.text] }
    case 'done':
      return { ...state, step: 'done', done: action.lines }
    case 'failed':
      return { ...state, step: 'failed', done: action.lines }
    default:
      return reduceKey(state, action)
  }
}

function takeAnswer(
  state: MigrateState,
  action: Extract<MigrateAction, { type: 'planned' | 'refused' }>,
): MigrateState {
  const { request: _handedOn, ...rest } = state
  if (action.type === 'planned') {
    const at = Math.min(state.at, action.plan.keys.length - 1)
    const planned = { ...rest, plan: action.plan, at, isAwaited: false, message: '' }
    return state.isAwaited ? ask(planned) : planned
  }
  // Without any plan there is nothing to look at: another vault, perhaps.
  if (state.plan) return { ...rest, message: action.message }
  const { vault: _refused, ...selection } = state.selection
  return { ...rest, step: 'vault', at: 0, selection, message: action.message }
}

type Key = Exclude<MigrateAction, { type: 'planned' | 'refused' | 'progress' | 'phase' | 'done' | 'failed' }>

function reduceKey(state: MigrateState, action: Key): MigrateState {
  if (state.step === 'working') return state
  if (state.step === 'done' || state.step === 'failed') return { ...state, hasQuit: true }
  if (state.isHelp) return { ...state, isHelp: false }
  if (state.isAsking) return answer(state, action)
  if (state.typed !== undefined) return reduceTyping(state, state.typed, action)
  switch (action.type) {
    case 'move':
      return {
        ...state,
        isAwaited: false,
        at: Math.max(0, Math.min(lengthOf(state) - 1, state.at + action.by)),
      }
    case 'enter':
      return state.step === 'review' ? ask(state) : choose(state)
    case 'change':
      return change(state)
    case 'wish':
      return wish(state, action.wish)
    case 'back':
      return back(state)
    case 'help':
      return { ...state, isHelp: state.plan !== undefined }
    case 'quit':
      return { ...state, hasQuit: true }
    default:
      return state
  }
}

export function offersOf({ step, files, vaults }: MigrateState): readonly Offer[] {
  return step === 'file' ? files : vaults
}

function lengthOf(state: MigrateState): number {
  return state.step === 'review' ? (state.plan?.keys.length ?? 0) : offersOf(state).length
}

function choose(state: MigrateState): MigrateState {
  const offer = offersOf(state)[state.at]
  if (!offer) return state
  if (offer.argument !== undefined) return { ...state, typed: offer.argument, message: '' }
  return take(state, offer.value)
}

function take(state: MigrateState, value: string): MigrateState {
  const { typed: _taken, ...rest } = state
  const chosen = state.step === 'file' ? { file: value } : { vault: value }
  return advance({ ...rest, message: '', selection: { ...state.selection, ...chosen } })
}

function reduceTyping(state: MigrateState, typed: string, action: Key): MigrateState {
  switch (action.type) {
    case 'type':
      return { ...state, typed: typed + action.text }
    case 'erase':
      return { ...state, typed: [...typed].slice(0, -1).join('') }
    case 'enter': {
      const value = offersOf(state)[state.at]?.value ?? ''
      return take(state, typed.trim() === '' ? value : `${value}:${typed.trim()}`)
    }
    case 'back': {
      const { typed: _given, ...rest } = state
      return rest
    }
    default:
      return state
  }
}

const next = { split: 'store', store: 'plain', plain: 'leave', leave: 'store' } as const

function change(state: MigrateState): MigrateState {
  const shown = state.plan?.keys[state.at]
  if (state.step !== 'review' || !shown) return state
  if (shown.isFixed) return { ...state, message: `${shown.key} stays where it is: ${shown.reason}.` }
  const now = goesOf(state, shown)
  const goes = now === 'leave' && shown.canSplit ? 'split' : next[now]
  const chosen = new Map(state.selection.goes).set(shown.key, goes)
  return replan({ ...state, isAwaited: false, selection: { ...state.selection, goes: chosen } })
}

/** As chosen, although the plan for it may still be on its way. */
export function goesOf({ selection }: MigrateState, { key, goes }: ShownKey): Destination {
  return selection.goes.get(key) ?? goes
}

const policies = { fail: 'skip', skip: 'overwrite', overwrite: 'fail' } as const

function wish(state: MigrateState, name: Extract<Key, { type: 'wish' }>['wish']): MigrateState {
  if (state.step !== 'review') return state
  const { selection } = state
  const changed =
    name === 'onConflict' ? { onConflict: policies[selection.onConflict] } : { [name]: !selection[name] }
  return replan({ ...state, selection: { ...selection, ...changed } })
}

/** To the choice of the vault, where there was one. */
function back(state: MigrateState): MigrateState {
  if (state.step !== 'review' || state.vaults.length === 0) return { ...state, hasQuit: true }
  const { request: _stale, plan: _old, ...rest } = state
  const { vault: _former, ...selection } = state.selection
  return advance({ ...rest, selection, message: '' })
}

function ask(state: MigrateState): MigrateState {
  if (state.request || !state.plan) return { ...state, isAwaited: true }
  if (!state.plan.canApply)
    return {
      ...state,
      message: 'Lines with FAIL stand in the way: space moves a key, o decides about conflicts.',
    }
  return { ...state, isAsking: true, message: '' }
}

function answer(state: MigrateState, action: Key): MigrateState {
  if (action.type === 'quit') return { ...state, hasQuit: true }
  if (action.type !== 'answer') return { ...state, isAsking: false }
  if (!action.isYes) return { ...state, isAsking: false }
  return {
    ...state,
    ...{ isAsking: false, step: 'working', done: [], message: '' },
    request: { type: 'apply', selection: state.selection },
  }
}
