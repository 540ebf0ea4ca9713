import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const own = fileURLToPath(new URL('../../node_modules/.bin', import.meta.url))

/** The path of a program that a test needs. @throws with the way to install it */
export function findProgram(name: string, howToInstall: string): string {
  const folders = [own, ...(process.env.PATH ?? '').split(delimiter)]
  const found = folders.map(folder => join(folder, name)).find(isExecutable)
  if (found === undefined) throw new Error(`${name} is missing: ${howToInstall}`)
  return found
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
