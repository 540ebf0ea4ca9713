/** What the screen of `stanch migrate` shows. All texts are safe to show. */

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

export function offersOf({ step, files, vaults }: MigrateState): readonly Offer[] {
  return step === 'file' ? files : vaults
}

/** As chosen, although the plan for it may still be on its way. */
export function goesOf({ selection }: MigrateState, { key, goes }: ShownKey): Destination {
  return selection.goes.get(key) ?? goes
}
