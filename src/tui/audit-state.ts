/** What the screen of `stanch baseline audit` shows, and how keys change it. */
import type { Severity } from '../model.ts'

export type AuditVerdict = 'real' | 'false' | 'accepted'

/** One finding to be judged; all texts are safe to show. */
export interface AuditItem {
  fingerprint: string
  rule: string
  description: string
  severity: Severity
  confidence: number
  masked: string
  /** `src/a.ts:3:14`, the first first. */
  places: string[]
  /** Lines around the first place, the value masked. */
  snippet: { number: number; text: string; isMatch: boolean }[]
}

export interface Judgement {
  verdict: AuditVerdict
  reason?: string
}

export interface AuditState {
  items: readonly AuditItem[]
  /** The item that is shown; past the last one when all have been shown. */
  at: number
  judgements: ReadonlyMap<string, Judgement>
  /** Text of the reason while it is typed. */
  reason?: string
  hasQuit: boolean
}

export type AuditAction =
  | { type: 'judge'; verdict: 'real' | 'false' }
  | { type: 'accept' }
  | { type: 'type'; text: string }
  | { type: 'erase' }
  | { type: 'submit' }
  | { type: 'cancel' }
  | { type: 'skip' }
  | { type: 'back' }
  | { type: 'quit' }

export function startAudit(items: readonly AuditItem[]): AuditState {
  return { items, at: 0, judgements: new Map(), hasQuit: false }
}

export function reduceAudit(state: AuditState, action: AuditAction): AuditState {
  const { reason, ...idle } = state
  if (reason !== undefined) return reduceReason(state, reason, idle, action)
  switch (action.type) {
    case 'judge':
      return judge(state, { verdict: action.verdict })
    case 'accept':
      return isDone(state) ? state : { ...state, reason: '' }
    case 'skip':
      return { ...state, at: Math.min(state.items.length, state.at + 1) }
    case 'back':
      return { ...state, at: Math.max(0, state.at - 1) }
    case 'quit':
      return { ...state, hasQuit: true }
    default:
      return state
  }
}

/** While a reason is typed, all else waits. */
function reduceReason(state: AuditState, reason: string, idle: AuditState, action: AuditAction): AuditState {
  switch (action.type) {
    case 'type':
      return { ...state, reason: reason + action.text }
    case 'erase':
      return { ...state, reason: [...reason].slice(0, -1).join('') }
    case 'submit':
      return reason.trim() === '' ? state : judge(idle, { verdict: 'accepted', reason: reason.trim() })
    case 'cancel':
      return idle
    default:
      return state
  }
}

function judge(state: AuditState, judgement: Judgement): AuditState {
  const item = state.items[state.at]
  if (!item) return state
  return {
    ...state,
    at: state.at + 1,
    judgements: new Map(state.judgements).set(item.fingerprint, judgement),
  }
}

/** All have been shown, or the person has had enough. */
export function isDone({ items, at, hasQuit }: AuditState): boolean {
  return hasQuit || at >= items.length
}

export function countVerdicts({ judgements }: AuditState): Record<AuditVerdict, number> {
  const counts = { real: 0, false: 0, accepted: 0 }
  for (const { verdict } of judgements.values()) counts[verdict]++
  return counts
}
