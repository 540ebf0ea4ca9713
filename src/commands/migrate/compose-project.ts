import { join } from 'node:path'
import { parse } from 'yaml'
import type { ComposeService } from '../../migration/recipes/recipe.ts'
import { readIfThere } from '../read-if-there.ts'

/** What a project's Compose file says of the services that a .env file is for. */
export interface ComposeProject {
  /** Its name; the usual one where there is none. */
  file: string
  services: readonly ComposeService[]
}

const names = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml']

/** Services whose `env_file` names the file; else those that are built here, as their programs may read it themselves. */
export function readComposeProject(envFile: string, root: string): ComposeProject {
  const file = names.find(name => readIfThere(join(root, name)) !== undefined)
  if (file === undefined) return { file: 'compose.yaml', services: [] }
  const all = Object.entries(readServices(readIfThere(join(root, file)) ?? ''))
  const readers = all.filter(([, { env_file }]) => listOf(env_file).some(one => pathOf(one) === envFile))
  const chosen = readers.length > 0 ? readers : all.filter(([, { build }]) => build !== undefined)
  return {
    file,
    services: chosen.map(([name, { env_file, environment }]) => ({
      name,
      otherFiles: listOf(env_file).filter(one => pathOf(one) !== envFile),
      ownKeys: keysOf(environment),
    })),
  }
}

interface Service {
  env_file?: unknown
  environment?: unknown
  build?: unknown
}

function readServices(text: string): Record<string, Service> {
  try {
    const { services } = Object(parse(text, { merge: true })) as { services?: Record<string, Service | null> }
    return Object.fromEntries(Object.entries(services ?? {}).map(([name, service]) => [name, service ?? {}]))
  } catch {
    // A recipe does without what a broken file would tell.
    return {}
  }
}

/** A path, an object with a path, or several of them. */
function listOf(given: unknown): unknown[] {
  return given === undefined || given === null ? [] : [given].flat()
}

function pathOf(given: unknown): string | undefined {
  const path = typeof given === 'object' && given !== null && 'path' in given ? given.path : given
  return typeof path === 'string' ? path.replace(/^\.\//, '') : undefined
}

/** Of `NAME: value`, or `- NAME=value`. */
function keysOf(environment: unknown): string[] {
  if (Array.isArray(environment)) return environment.map(one => String(one).replace(/=.*/s, ''))
  return typeof environment === 'object' && environment !== null ? Object.keys(environment) : []
}
