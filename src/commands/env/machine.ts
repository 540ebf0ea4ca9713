import { existsSync } from 'node:fs'
import type { Machine } from '../../hygiene/facts.ts'

/** `ci` where CI is set, `server` in a container, else `developer`. */
export function detectMachine(env: NodeJS.ProcessEnv): Machine {
  if (env.CI && env.CI !== 'false' && env.CI !== '0') return 'ci'
  const isContainer =
    env.KUBERNETES_SERVICE_HOST || ['/.dockerenv', '/run/.containerenv'].some(path => existsSync(path))
  return isContainer ? 'server' : 'developer'
}
