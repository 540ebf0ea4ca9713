import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'

/** Where a program is, or the exit code of a shell that cannot start it: 127 not there, 126 not to be executed. */
export type FoundProgram = { path: string } | { exitCode: 126 | 127 }

/** As a shell looks for it. Of several on PATH the first that can be executed. */
export function findProgram(name: string, path: string, cwd: string): FoundProgram {
  const places = name.includes('/')
    ? [resolve(cwd, name)]
    : path.split(delimiter).map(folder => join(resolve(cwd, folder), name))
  const there = places.filter(isFile)
  const found = there.find(isExecutable)
  if (name !== '' && found !== undefined) return { path: found }
  const isFolder = name.includes('/') && places.some(isThere)
  return { exitCode: there.length > 0 || isFolder ? 126 : 127 }
}

function isThere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined
  } catch {
    // In a folder that is closed to us.
    return true
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile()
  } catch {
    // Not there, or in a folder that is closed to us.
    return false
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
