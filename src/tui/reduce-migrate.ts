/** How keys and answers change what the screen of `stanch migrate` shows. */
import type { MigrateAction, MigrateKey } from './migrate-actions.ts'
import { type MigrateState, type Offer, offersOf, type Selection } from './migrate-state.ts'
import { answer, ask, change, replan, wish } from './review-migration.ts'

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

function reduceKey(state: MigrateState, action: MigrateKey): MigrateState {
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

function reduceTyping(state: MigrateState, typed: string, action: MigrateKey): MigrateState {
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

/** To the choice of the vault, where there was one. */
function back(state: MigrateState): MigrateState {
  if (state.step !== 'review' || state.vaults.length === 0) return { ...state, hasQuit: true }
  const { request: _stale, plan: _old, ...rest } = state
  const { vault: _former, ...selection } = state.selection
  return advance({ ...rest, selection, message: '' })
}
