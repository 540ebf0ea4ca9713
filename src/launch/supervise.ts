import { forwardSignals } from './signals.ts'
import type { Child } from './start-child.ts'
import { hasTerminal } from './terminal.ts'

/** How long a program may take to end when it is restarted; then it is killed. */
const GRACE_MS = 10_000

/** Signals by which somebody wants us to end: then there is no restart any more. */
const ending = new Set<NodeJS.Signals>(['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM'])

/** Starts the child, passes signals on, and waits for its end. */
export function supervise(sharesGroup: boolean, start: () => Child): Promise<number> {
  return passingSignals(sharesGroup, async running => {
    running.child = start()
    return running.child.ended
  })
}

/**
 * The same, and starts the child anew each time `change` resolves. It ends when the child ends by itself, or when
 * somebody asks for that during a restart.
 * @param change resolves with what to start next; rejects never
 */
export function superviseWithRestarts(
  sharesGroup: boolean,
  start: () => Child,
  change: (signal: AbortSignal) => Promise<() => Child>,
): Promise<number> {
  return passingSignals(sharesGroup, async running => {
    for (let child = start(); ; ) {
      running.child = child
      const waiting = new AbortController()
      const next = await Promise.race([child.ended, change(waiting.signal)])
      waiting.abort()
      if (typeof next === 'number') return next
      running.isEnding = false
      const code = await stop(child)
      if (running.isEnding) return code
      child = next()
    }
  })
}

interface Running {
  child?: Child
  /** Somebody wants us to end. */
  isEnding: boolean
}

/** From before the first start: a signal that comes right after it must not end us without the child. */
async function passingSignals(
  sharesGroup: boolean,
  work: (running: Running) => Promise<number>,
): Promise<number> {
  const running: Running = { isEnding: false }
  const dispose = forwardSignals({
    sharesGroup,
    send: signal => running.child?.send(signal),
    heard: signal => {
      running.isEnding ||= ending.has(signal)
    },
  })
  try {
    return await work(running)
  } finally {
    dispose()
    // Node aborts at its end where its terminal is gone; a hang-up is what has happened.
    if (sharesGroup && process.platform !== 'win32' && !hasTerminal()) process.kill(process.pid, 'SIGHUP')
  }
}

async function stop(child: Child): Promise<number> {
  child.send('SIGTERM')
  const impatience = setTimeout(() => child.send('SIGKILL'), GRACE_MS)
  try {
    return await child.ended
  } finally {
    clearTimeout(impatience)
  }
}
