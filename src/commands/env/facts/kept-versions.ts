import { mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { writeFileAtomically } from '../../../system/write-file-atomically.ts'
import { patterns } from './compare-commits.ts'
import type { VersionListing } from './list-versions.ts'

/** What was listed, from these tips of branches and tags. */
export interface KeptVersions extends VersionListing {
  tips: string[]
}

/** From the git directory; undefined where nothing is kept, or it was listed by other names or another way. */
export function readKept(gitDir: string): KeptVersions | undefined {
  try {
    const listing = JSON.parse(readFileSync(pathIn(gitDir), 'utf8'))
    const isWhole =
      String(listing.asked) === String(asked) &&
      Array.isArray(listing.tips) &&
      Array.isArray(listing.versions) &&
      typeof listing.commits === 'number'
    return isWhole ? listing : undefined
  } catch {
    return undefined
  }
}

export function writeKept(gitDir: string, listing: KeptVersions): void {
  try {
    mkdirSync(dirname(pathIn(gitDir)), { recursive: true })
    writeFileAtomically(pathIn(gitDir), `${JSON.stringify({ asked, ...listing })}\n`, 0o600)
  } catch {
    // Then it is listed anew each time.
  }
}

const asked = [...patterns, 'merges']

function pathIn(gitDir: string): string {
  return join(gitDir, 'stanch', 'env-history.json')
}
