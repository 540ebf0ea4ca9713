/** The plan on the screen of `stanch migrate`: what keys do with it. */
import type { MigrateKey } from './migrate-actions.ts'
import { goesOf, type MigrateState } from './migrate-state.ts'

/** With what is chosen now. */
export function replan(state: MigrateState): MigrateState {
  return { ...state, request: { type: 'plan', selection: state.selection }, message: 'Asking the vault…' }
}

const next = { split: 'store', store: 'plain', plain: 'leave', leave: 'store' } as const

export function change(state: MigrateState): MigrateState {
  const shown = state.plan?.keys[state.at]
  if (state.step !== 'review' || !shown) return state
  if (shown.isFixed) return { ...state, message: `${shown.key} stays where it is: ${shown.reason}.` }
  const now = goesOf(state, shown)
  const goes = now === 'leave' && shown.canSplit ? 'split' : next[now]
  const chosen = new Map(state.selection.goes).set(shown.key, goes)
  return replan({ ...state, isAwaited: false, selection: { ...state.selection, goes: chosen } })
}

const policies = { fail: 'skip', skip: 'overwrite', overwrite: 'fail' } as const

export function wish(state: MigrateState, name: Extract<MigrateKey, { type: 'wish' }>['wish']): MigrateState {
  if (state.step !== 'review') return state
  const { selection } = state
  const changed =
    name === 'onConflict' ? { onConflict: policies[selection.onConflict] } : { [name]: !selection[name] }
  return replan({ ...state, selection: { ...selection, ...changed } })
}

export function ask(state: MigrateState): MigrateState {
  if (state.request || !state.plan) return { ...state, isAwaited: true }
  if (!state.plan.canApply)
    return {
      ...state,
      message: 'Lines with FAIL stand in the way: space moves a key, o decides about conflicts.',
    }
  return { ...state, isAsking: true, message: '' }
}

export function answer(state: MigrateState, action: MigrateKey): MigrateState {
  if (action.type === 'quit') return { ...state, hasQuit: true }
  if (action.type !== 'answer') return { ...state, isAsking: false }
  if (!action.isYes) return { ...state, isAsking: false }
  return {
    ...state,
    ...{ isAsking: false, step: 'working', done: [], message: '' },
    request: { type: 'apply', selection: state.selection },
  }
}
