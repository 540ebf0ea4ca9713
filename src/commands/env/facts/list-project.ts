import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { listWorkTree } from '../../../git/list-work-tree.ts'
import { isMachineMade } from '../../../sources/walk-directory.ts'

/** Files of a project, named from its root with `/` between folders. A name that is no UTF-8 is left out. */
export interface ProjectListing {
  isRepository: boolean
  tracked: ReadonlySet<string>
  /** Neither tracked nor ignored. */
  untracked: readonly string[]
  ignored: readonly string[]
  /** Folders of submodules, checked out or not. */
  submodules: readonly string[]
  /** Whether a limit left something out. */
  isWhole: boolean
}

/** Entries of ignored folders, of which some hold a build's many files. */
const MOST_IGNORED = 20_000

/** @param index names the index that a hook is about */
export async function listProject(root: string, index: NodeJS.ProcessEnv = {}): Promise<ProjectListing> {
  const listing = await listWorkTree(root, false, index)
  if (!listing) {
    const { files, isWhole } = walk(root, [''], 10 * MOST_IGNORED)
    return { isRepository: false, tracked: new Set(), untracked: files, ignored: [], submodules: [], isWhole }
  }
  const toPath = (bytes: Buffer) => bytes.toString('utf8')
  const names = listing.names.map(({ bytes, tracked }) => ({ path: toPath(bytes), tracked }))
  const ignored = listing.ignored.map(toPath)
  const folders = ignored.filter(path => path.endsWith('/')).map(path => path.slice(0, -1))
  const below = walk(
    root,
    folders.filter(path => !isMachineMade(path.slice(path.lastIndexOf('/') + 1))),
    MOST_IGNORED,
  )
  return {
    isRepository: true,
    tracked: new Set(
      names.filter(({ path, tracked }) => tracked && !path.endsWith('/')).map(({ path }) => path),
    ),
    untracked: names.filter(({ path, tracked }) => !tracked && !path.endsWith('/')).map(({ path }) => path),
    ignored: [...ignored.filter(path => !path.endsWith('/')), ...below.files],
    submodules: names.flatMap(({ path, tracked }) =>
      tracked && path.endsWith('/') ? [path.slice(0, -1)] : [],
    ),
    isWhole: below.isWhole,
  }
}

/** Breadth first, so that a limit cuts what lies deep. Links are not followed. */
function walk(root: string, folders: readonly string[], most: number): { files: string[]; isWhole: boolean } {
  const files: string[] = []
  const open = [...folders]
  let seen = 0
  for (let at = 0; at < open.length; at++) {
    const folder = open[at] ?? ''
    for (const entry of readFolder(join(root, folder))) {
      if (++seen > most) return { files, isWhole: false }
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (!entry.isDirectory()) files.push(path)
      else if (!isMachineMade(entry.name)) open.push(path)
    }
  }
  return { files, isWhole: true }
}

function readFolder(path: string) {
  try {
    return readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch {
    // A folder that may not be read holds nothing that we could judge.
    return []
  }
}
