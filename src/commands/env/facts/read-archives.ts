import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { collect } from '../../../archive/byte-reader.ts'
import { fileAccess } from '../../../archive/random-access.ts'
import { walkArchive } from '../../../archive/walk-archive.ts'
import type { Sighting } from '../../../hygiene/facts.ts'
import { isEnvName, isTemplateName } from '../../../hygiene/file-names.ts'
import { baseOf, isSecret } from '../../../hygiene/problem.ts'
import type { EnvReader } from './env-text.ts'

const archives = /\.(?:zip|tgz|tar|tar\.(?:gz|bz2|xz|zst)|whl|jar|war|vsix|nupkg|gem|crate)$/i
/** An archive is read for names, so far less than a scan reads is enough. */
const limits = { depth: 1, entries: 20_000, bytes: 256 * 1024 ** 2, ratio: 200 }
const MOST_ARCHIVES = 50
const LARGEST_ENV = 512 * 1024

/** Env files with secrets in the archives of a project. Test data of archive libraries are archives, too. */
export async function readArchives(
  root: string,
  paths: Iterable<string>,
  reader: EnvReader,
): Promise<Sighting[]> {
  const found: Sighting[] = []
  const wanted = [...paths].filter(path => archives.test(path)).slice(0, MOST_ARCHIVES)
  for (const path of wanted) found.push(...(await readArchive(root, path, reader)))
  return found
}

async function readArchive(root: string, path: string, reader: EnvReader): Promise<Sighting[]> {
  const found: Sighting[] = []
  let file: number | undefined
  try {
    file = openSync(join(root, path), 'r')
    await walkArchive({ path }, fileAccess(file), limits, {
      async visit(inner, chunks) {
        const base = baseOf(inner.path)
        if (!isEnvName(base) || isTemplateName(base)) return
        const bytes = await collect(chunks, LARGEST_ENV)
        const keys = bytes ? reader.read(bytes).keys.filter(isSecret) : []
        for (const { name, line, digest } of keys)
          found.push({ kind: 'archive', path: inner.path, line, key: name, digest })
      },
      skip: () => {},
    })
  } catch {
    // Neither an archive nor readable: nothing that it could give away.
  } finally {
    if (file !== undefined) closeSync(file)
  }
  return found
}
