import type { PressedKey } from './incident-keys.ts'
import type { MigrateAction } from './migrate-actions.ts'
import type { MigrateState } from './migrate-state.ts'

/** The keys that are shown with the plan, in this order. */
export const reviewKeys = [
  ['space', 'change'],
  ['f', 'file'],
  ['c', 'copies'],
  ['e', 'example'],
  ['o', 'policy'],
  ['enter', 'apply'],
  ['?', 'more'],
  ['q', 'quit'],
] as const

export const helpLines = [
  '↑ ↓ k j  another key',
  'space, → the key goes to the vault, into the template as text, or stays in the file',
  'f        keep the file, or remove it when the vault has been proved',
  'c        remove backup copies, too',
  'e        write an example with blanks',
  'o        an entry with another value is in the way: fail, skip, overwrite',
  'escape   another vault',
]

const letters: Readonly<Record<string, MigrateAction>> = {
  ' ': { type: 'change' },
  f: { type: 'wish', wish: 'keepFile' },
  c: { type: 'wish', wish: 'removeCopies' },
  e: { type: 'wish', wish: 'example' },
  o: { type: 'wish', wish: 'onConflict' },
  k: { type: 'move', by: -1 },
  j: { type: 'move', by: 1 },
  '?': { type: 'help' },
  q: { type: 'quit' },
}

/** What a key means; while something is typed or asked, letters belong to it. */
export function readMigrateKey(
  input: string,
  key: PressedKey,
  { typed, isAsking }: Pick<MigrateState, 'typed' | 'isAsking'>,
): MigrateAction | undefined {
  // A terminal that is not yet in raw mode makes a line feed of enter.
  if (key.return || input === '\n') return isAsking ? undefined : { type: 'enter' }
  if (key.escape) return { type: 'back' }
  if (typed !== undefined) return readTypedKey(input, key)
  if (isAsking) return { type: 'answer', isYes: input.toLowerCase() === 'y' }
  if (key.upArrow) return { type: 'move', by: -1 }
  if (key.downArrow) return { type: 'move', by: 1 }
  if (key.pageUp) return { type: 'move', by: -8 }
  if (key.pageDown) return { type: 'move', by: 8 }
  if (key.rightArrow) return { type: 'change' }
  return key.ctrl || key.meta ? undefined : (letters[input.toLowerCase()] ?? { type: 'move', by: 0 })
}

function readTypedKey(input: string, key: PressedKey): MigrateAction | undefined {
  if (key.backspace || key.delete) return { type: 'erase' }
  const text = input.replace(/\p{C}/gu, '')
  return key.ctrl || key.meta || text === '' ? undefined : { type: 'type', text }
}
