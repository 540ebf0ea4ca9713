import { createContext, Script } from 'node:vm'

const context: { action?: () => void } = {}
const script = new Script('action()')
let isContext = false

/**
 * Runs synchronous code that may never end on what somebody hostile made; false when it was stopped.
 * Then nothing of what it worked on is to be used again.
 */
export function runWithin(milliseconds: number, action: () => void): boolean {
  if (!isContext) createContext(context)
  isContext = true
  context.action = action
  try {
    script.runInContext(context, { timeout: milliseconds })
    return true
  } catch (error) {
    if (isTimeout(error)) return false
    throw error
  } finally {
    delete context.action
  }
}

/** It is an error of the other context, so that `instanceof` would not know it. */
function isTimeout(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  )
}
