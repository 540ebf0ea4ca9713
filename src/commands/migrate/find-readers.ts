import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { readIfThere } from '../read-if-there.ts'

/** What starts programs, in a project's root and where code hosts look for jobs. */
const starting =
  /^(?:package\.json|(?:docker-)?compose[\w.-]*\.ya?ml|Makefile|justfile|Procfile|\.gitlab-ci\.yml|ecosystem\.config\.\w+|[\w@-][\w.@-]*\.(?:sh|service))$/

/** Files that start something and name the .env file: without it they fail, or start without its variables. */
export function findReaders(envFile: string, root: string): string[] {
  const named = basename(envFile).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const naming = new RegExp(`(?<![\\w.-])${named}(?![\\w.*-])`)
  return [...list(root, '').filter(path => starting.test(path)), ...list(root, '.github/workflows')].filter(
    path => withoutRemarks(readIfThere(join(root, path)) ?? '').some(line => naming.test(line)),
  )
}

function list(root: string, folder: string): string[] {
  try {
    return readdirSync(join(root, folder))
      .sort()
      .map(name => join(folder, name))
  } catch {
    // There is no such folder.
    return []
  }
}

function withoutRemarks(text: string): string[] {
  return text.split('\n').filter(line => !/^\s*(?:#|\/\/)/.test(line))
}
