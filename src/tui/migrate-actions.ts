import type { MigrateRequest, ShownPlan } from './migrate-state.ts'

/** What happens on the screen of `stanch migrate`: keys, and answers to what was asked. */
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

/** What a person does. */
export type MigrateKey = Exclude<
  MigrateAction,
  { type: 'planned' | 'refused' | 'progress' | 'phase' | 'done' | 'failed' }
>
