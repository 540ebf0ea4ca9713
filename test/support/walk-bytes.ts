import { type ArchiveLimits, defaultArchiveLimits } from '../../src/archive/limits.ts'
import { bufferAccess } from '../../src/archive/random-access.ts'
import { walkArchive } from '../../src/archive/walk-archive.ts'

/** What is in an archive: the files' contents by their names, and what was left out. */
export async function walkBytes(bytes: Uint8Array, limits: Partial<ArchiveLimits> = {}, name = 'a') {
  const files: Record<string, string> = {}
  const skipped: string[] = []
  await walkArchive(
    { path: name },
    bufferAccess(bytes),
    { ...defaultArchiveLimits, ...limits },
    {
      async visit({ path }, chunks) {
        files[path] = ''
        for await (const chunk of chunks) files[path] += Buffer.from(chunk).toString('latin1')
      },
      skip: (reason, path) => void skipped.push(`${reason} ${path}`),
    },
  )
  return { files, skipped }
}
