import { closeSync, openSync, readFileSync } from 'node:fs'

/** Whether this process has a controlling terminal, whatever its streams are. After a hang-up it has none. */
export function hasTerminal(): boolean {
  if (process.platform === 'win32') return Boolean(process.stdin.isTTY)
  try {
    closeSync(openSync('/dev/tty', 'r+'))
    return true
  } catch {
    // ENXIO: none.
    return false
  }
}

/**
 * Whether what is typed reaches this process's group: Ctrl-C then goes to all of it, the child included.
 * Where the system does not tell, a terminal is taken to be ours.
 */
export function isInForeground(): boolean {
  const fields = readOwnState()
  return fields ? fields[GROUP] === fields[FOREGROUND] : hasTerminal()
}

/** Whether the terminal is this process's own: then a hang-up is told to it alone, else a shell tells all of a group. */
export function leadsSession(): boolean {
  return readOwnState()?.[SESSION] === String(process.pid)
}

const GROUP = 2
const SESSION = 3
const FOREGROUND = 5

/** state, parent, group, session, terminal, the terminal's foreground group…: proc(5) */
function readOwnState(): string[] | undefined {
  try {
    return readFileSync('/proc/self/stat', 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ')
  } catch {
    // Only Linux has it.
    return undefined
  }
}
