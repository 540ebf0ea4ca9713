import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { listWorkTree } from '../../../git/list-work-tree.ts'

export interface SubmoduleListing {
  /** Files of those that are checked out, named from the project's root. */
  files: string[]
  /** Whether all are. */
  isWhole: boolean
}

/** A project of more submodules is told about as if the rest were not checked out. */
const MOST = 50

/** What the submodules at these paths hold: part of the project to whoever reads its variables, a repository of its own to git. */
export async function listSubmodules(root: string, paths: readonly string[]): Promise<SubmoduleListing> {
  const here = paths.filter(path => isCheckedOut(join(root, path))).slice(0, MOST)
  const listings = await Promise.all(
    here.map(async path => {
      const listing = await listWorkTree(join(root, path), false)
      const names = [...(listing?.names.map(({ bytes }) => bytes) ?? []), ...(listing?.ignored ?? [])]
      return names.map(bytes => `${path}/${bytes.toString('utf8')}`).filter(name => !name.endsWith('/'))
    }),
  )
  return { files: listings.flat(), isWhole: here.length === paths.length }
}

/** Git makes an empty folder where a submodule belongs. */
function isCheckedOut(folder: string): boolean {
  try {
    return readdirSync(folder).length > 0
  } catch {
    return false
  }
}
