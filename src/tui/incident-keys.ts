import type { IncidentAction } from './incident-state.ts'

/** As Ink tells a key. */
export interface PressedKey {
  return?: boolean
  escape?: boolean
  backspace?: boolean
  delete?: boolean
  upArrow?: boolean
  downArrow?: boolean
  leftArrow?: boolean
  rightArrow?: boolean
  pageUp?: boolean
  pageDown?: boolean
  tab?: boolean
  ctrl?: boolean
  meta?: boolean
}

/** The keys that are shown, in this order. */
export const shownKeys = [
  ['d', 'done'],
  ['w', 'waive'],
  ['n', 'note'],
  ['c', 'copy'],
  ['r', 'role'],
  ['↑↓', 'step'],
  ['g', 'now'],
  ['?', 'help'],
  ['q', 'quit'],
] as const

export const helpLines = [
  'd  enter   the step is done: type what proves it, or @FILE, then enter',
  'w          the step will not be done: type why',
  'n          write something down',
  'c          copy the command (the terminal must allow OSC 52)',
  'tab  ← →   another command of the step',
  '↑ ↓  k j   another step        page up, page down: five',
  'g          back to what is most urgent',
  'r          only the steps of one role, then of the next one',
  'q  escape  leave; the incident stays as it is: stanch incident resume',
  '',
  '!  overdue     ○  open     ·  waits for other steps     ✓  done     –  waived',
  '',
  'Secrets in what you type are masked before they are written down.',
  'Values go to commands by standard input, never as an argument.',
]

export type IncidentKey = IncidentAction | { type: 'copy' }

const letters: Readonly<Record<string, IncidentKey>> = {
  d: { type: 'ask', kind: 'done' },
  w: { type: 'ask', kind: 'waive' },
  n: { type: 'ask', kind: 'note' },
  c: { type: 'copy' },
  r: { type: 'role' },
  g: { type: 'now' },
  k: { type: 'move', by: -1 },
  j: { type: 'move', by: 1 },
  '?': { type: 'help' },
  h: { type: 'help' },
  q: { type: 'quit' },
}

/**
 * Keys that came at once, as from fast hands or a paste, one by one. Only the last one can be enter: a line's end in the
 * middle of a paste is no decision.
 */
export function splitInput(input: string, key: PressedKey): [string, PressedKey][] {
  const isSpecial = Object.values(key).some(value => value === true)
  if (input.length < 2 || isSpecial) return [[input, key]]
  const text = input.replace(/[\r\n]+(?=[^\r\n])/g, ' ').replace(/[\r\n]+$/, '\r')
  return [...text].map(letter => (letter === '\r' ? ['', { return: true }] : [letter, {}]))
}

/** What a key means; while a text is typed, letters belong to it. */
export function readIncidentKey(input: string, key: PressedKey, isTyping: boolean): IncidentKey | undefined {
  if (isTyping) return readTypedKey(input, key)
  if (key.escape) return { type: 'quit' }
  if (key.return) return { type: 'ask', kind: 'done' }
  if (key.upArrow) return { type: 'move', by: -1 }
  if (key.downArrow) return { type: 'move', by: 1 }
  if (key.pageUp) return { type: 'move', by: -5 }
  if (key.pageDown) return { type: 'move', by: 5 }
  if (key.leftArrow) return { type: 'command', by: -1 }
  if (key.rightArrow || key.tab) return { type: 'command', by: 1 }
  return key.ctrl || key.meta ? undefined : letters[input.toLowerCase()]
}

function readTypedKey(input: string, key: PressedKey): IncidentKey | undefined {
  if (key.return) return { type: 'submit' }
  if (key.escape) return { type: 'cancel' }
  if (key.backspace || key.delete) return { type: 'erase' }
  const text = input.replace(/\p{C}/gu, '')
  return key.ctrl || key.meta || text === '' ? undefined : { type: 'type', text }
}
