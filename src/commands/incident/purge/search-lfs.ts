import { closeSync, existsSync, openSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileAccess } from '../../../archive/random-access.ts'
import type { GitObject } from '../../../git/git-object.ts'
import type { Repository } from '../../../git/repository.ts'
import type { EncodedForm } from '../../../incident/purge/encoded-forms.ts'
import type { FoundObject } from '../../../incident/purge/purge-guide.ts'
import { searchFile } from './search-bytes.ts'

/** Blob → the LFS object that it stands for. */
export type LfsPointers = ReadonlyMap<string, string>

/** The id in a pointer: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md */
export function readLfsPointer({ type, bytes }: GitObject): string | undefined {
  if (type !== 'blob' || bytes.length > 1024) return undefined
  const text = bytes.toString('latin1')
  return /^version https:\/\/(?:git-lfs\.github\.com|hawser\.github\.com)\/spec\//.test(text)
    ? /^oid sha256:([0-9a-f]{64})$/m.exec(text)?.[1]
    : undefined
}

export interface LfsSearch {
  /** LFS objects that hold the value, and the blobs that stand for them, which go as a whole. */
  objects: FoundObject[]
  /** Those named in the history that are not on this machine. */
  missing: string[]
}

/** Looks through the LFS objects on this machine, also those that no pointer names. */
export async function searchLfs(
  { commonDir }: Repository,
  pointers: LfsPointers,
  forms: readonly EncodedForm[],
): Promise<LfsSearch> {
  const files = listFiles(join(commonDir, 'lfs', 'objects'))
  const objects: FoundObject[] = []
  for (const [id, path] of files) {
    const how = await searchOne(path, forms)
    if (how.length === 0) continue
    objects.push({ id, type: 'lfs', forms: how, isPacked: false })
    for (const [blob, oid] of pointers)
      if (oid === id)
        objects.push({ id: blob, type: 'blob', forms: ['stands for an LFS object'], isPacked: true })
  }
  return { objects, missing: [...new Set(pointers.values())].filter(id => !files.has(id)) }
}

function listFiles(folder: string): Map<string, string> {
  if (!existsSync(folder)) return new Map()
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return new Map(
    files
      .filter(name => /^[0-9a-f]{64}$/.test(basename(name)))
      .map(name => [basename(name), join(folder, name)]),
  )
}

async function searchOne(path: string, forms: readonly EncodedForm[]): Promise<string[]> {
  const file = openSync(path, 'r')
  try {
    return await searchFile(fileAccess(file), forms)
  } finally {
    closeSync(file)
  }
}
