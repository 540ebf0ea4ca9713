import { existsSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { findProject } from './project.ts'

/** `env/{stage}.env` in the current directory or above it, up to the project's root; as people know it from here. */
export function findTemplate(stage: string, cwd: string): string | undefined {
  const { root } = findProject(cwd)
  for (let directory = cwd; ; directory = dirname(directory)) {
    const path = join(directory, templateName(stage))
    if (existsSync(path)) return relative(cwd, path)
    if (directory === root || directory === dirname(directory)) return undefined
  }
}

/** A stage is one word; its address in the store would be refused otherwise. */
export function templateName(stage: string): string {
  return `env/${stage.replaceAll('/', '_')}.env`
}
