import { constants } from 'node:os'
import { hasTerminal, isInForeground, leadsSession } from './terminal.ts'

/**
 * What is passed on: all that can be caught, but for what a fault of our own raises (SIGSEGV, SIGBUS, SIGFPE, SIGILL) and
 * SIGCHLD, which is about our child.
 */
const forwarded: readonly NodeJS.Signals[] = [
  'SIGABRT',
  'SIGALRM',
  'SIGCONT',
  'SIGHUP',
  'SIGINT',
  'SIGIO',
  'SIGPROF',
  'SIGPWR',
  'SIGQUIT',
  'SIGSTKFLT',
  'SIGSYS',
  'SIGTERM',
  'SIGTRAP',
  'SIGURG',
  'SIGUSR1',
  'SIGUSR2',
  'SIGVTALRM',
  'SIGWINCH',
  'SIGXCPU',
  'SIGXFSZ',
]
/** Those that stop a process: we stop, too, so that whoever waits for us sees it. */
const stopping: readonly NodeJS.Signals[] = ['SIGTSTP', 'SIGTTIN', 'SIGTTOU']
/** Sent by the terminal to all of its foreground group. */
const typed = new Set<NodeJS.Signals>(['SIGINT', 'SIGQUIT', 'SIGWINCH'])

export interface SignalTarget {
  /** Whether the child is in our process group, and so gets what the terminal sends. */
  sharesGroup: boolean
  /** To the child, or to all of its group. */
  send: (signal: NodeJS.Signals) => void
  /** What came from outside, whether passed on or not. */
  heard: (signal: NodeJS.Signals) => void
}

/** Passes signals on until the returned function is called. Each reaches the child once. */
export function forwardSignals({ sharesGroup, send, heard }: SignalTarget): () => void {
  const listeners = new Map<NodeJS.Signals, () => void>()
  for (const signal of forwarded)
    listeners.set(signal, () => {
      heard(signal)
      if (!(sharesGroup && isSentToGroup(signal))) send(signal)
    })
  // In a shared group the terminal stops both, and the default is right for us.
  if (!sharesGroup)
    for (const signal of stopping)
      listeners.set(signal, () => {
        send(signal)
        process.kill(process.pid, 'SIGSTOP')
      })
  const known = [...listeners].filter(([signal]) => signal in constants.signals)
  for (const [signal, listener] of known) process.on(signal, listener)
  return () => {
    for (const [signal, listener] of known) process.off(signal, listener)
  }
}

/** After a hang-up there is no terminal any more, and the shell has told all of our group. */
function isSentToGroup(signal: NodeJS.Signals): boolean {
  if (signal === 'SIGHUP') return !hasTerminal() && !leadsSession()
  return typed.has(signal) && isInForeground()
}
