import { fstatSync, openSync, readFileSync, readSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { UserError } from '../errors.ts'

/**
 * The package's own folder, from the bundle (dist/) as well as from the sources (src/system/). As a path: to take addresses
 * apart costs a hook a millisecond.
 */
const packageRoot = findPackageRoot(import.meta.dirname)

function findPackageRoot(here: string): string {
  return basename(here) === 'dist' ? dirname(here) : dirname(dirname(here))
}

/** Path of a file that the package ships, named from the package's root. */
export function assetPath(name: string): string {
  return `${packageRoot}/${name}`
}

/**
 * A file that the package ships.
 * @throws UserError, so that it is not taken for trouble with what is being scanned
 */
export function readAsset(name: string): Buffer {
  return ofPackage(name, path => readFileSync(path))
}

/** A file that the build wrote into dist/. */
export function readBuilt(name: string): Buffer {
  return readAsset(`dist/${name}`)
}

function ofPackage<Read>(name: string, read: (path: string) => Read): Read {
  try {
    return read(assetPath(name))
  } catch (cause) {
    throw new UserError(`stanch's own file ${name} cannot be read`, 'Install stanch again.', { cause })
  }
}

/** A file that the build wrote into dist/, to be read in parts. */
export interface BuiltFile {
  /** Bytes. */
  size: number
  /** Fills all of the target, straight to where it is wanted. */
  read(target: Uint8Array, position: number): void
}

export function openBuilt(name: string): BuiltFile {
  const file = ofPackage(`dist/${name}`, path => openSync(path, 'r'))
  return {
    size: fstatSync(file).size,
    read(target, position) {
      for (let filled = 0; filled < target.length; ) {
        const count = readSync(file, target, filled, target.length - filled, position + filled)
        if (count === 0) throw new Error(`${name} is cut off`)
        filled += count
      }
    },
  }
}
