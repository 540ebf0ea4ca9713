import { forwardSignals } from './signals.ts'
import type { Child } from './start-child.ts'

/** How long a program may take to end when it is restarted; then it is killed. */
const GRACE_MS = 10_000

/** Signals by which somebody wants us to end: then there is no restart any more. */
const ending = new Set<NodeJS.Signals>(['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM'])

/** Waits for the child, and passes signals on meanwhile. */
export async function supervise(child: Child): Promise<number> {
  const dispose = forwardSignals(child)
  try {
    return await child.ended
  } finally {
    dispose()
  }
}

/**
 * The same, and starts the child anew each time `change` resolves. It ends when the child ends by itself, or when it ends
 * after a signal from outside.
 * @param change resolves with what to start next; rejects never
 */
export async function superviseWithRestarts(
  first: Child,
  change: (signal: AbortSignal) => Promise<() => Child>,
): Promise<number> {
  let child = first
  let isEnding = false
  const dispose = forwardSignals({
    sharesGroup: first.sharesGroup,
    send: signal => child.send(signal),
    heard: signal => {
      isEnding ||= ending.has(signal)
    },
  })
  try {
    for (;;) {
      const waiting = new AbortController()
      const next = await Promise.race([child.ended, change(waiting.signal)])
      waiting.abort()
      if (typeof next === 'number') return next
      const code = await stop(child)
      if (isEnding) return code
      child = next()
    }
  } finally {
    dispose()
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
