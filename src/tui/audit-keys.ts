import type { AuditAction } from './audit-state.ts'

/** As Ink tells a key. */
export interface PressedKey {
  return?: boolean
  escape?: boolean
  backspace?: boolean
  delete?: boolean
  leftArrow?: boolean
  rightArrow?: boolean
  ctrl?: boolean
  meta?: boolean
}

/** The keys that are shown, in this order. */
export const auditKeys = [
  ['f', 'false alarm'],
  ['a', 'accepted, with a reason'],
  ['r', 'real leak'],
  ['s', 'skip'],
  ['b', 'back'],
  ['q', 'quit'],
] as const

const actions: Readonly<Record<string, AuditAction>> = {
  f: { type: 'judge', verdict: 'false' },
  r: { type: 'judge', verdict: 'real' },
  a: { type: 'accept' },
  s: { type: 'skip' },
  b: { type: 'back' },
  q: { type: 'quit' },
}

/** What a key means; while a reason is typed, letters are its text. */
export function readAuditKey(input: string, key: PressedKey, isTyping: boolean): AuditAction | undefined {
  if (isTyping) return readTypedKey(input, key)
  if (key.escape) return actions.q
  if (key.leftArrow) return actions.b
  if (key.rightArrow || key.return) return actions.s
  return key.ctrl || key.meta ? undefined : actions[input.toLowerCase()]
}

function readTypedKey(input: string, key: PressedKey): AuditAction | undefined {
  if (key.return) return { type: 'submit' }
  if (key.escape) return { type: 'cancel' }
  if (key.backspace || key.delete) return { type: 'erase' }
  const text = input.replace(/\p{C}/gu, '')
  return key.ctrl || key.meta || text === '' ? undefined : { type: 'type', text }
}
