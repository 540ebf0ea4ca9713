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
  try {
    // state, parent, group, session, terminal, the terminal's foreground group: proc(5)
    const fields = readFileSync('/proc/self/stat', 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ')
    return fields[2] === fields[5]
  } catch {
    return hasTerminal()
  }
}
