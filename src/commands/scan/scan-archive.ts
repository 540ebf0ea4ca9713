import { closeSync, openSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { detectFormat, headLength, isZipName } from '../../archive/format.ts'
import { fileAccess } from '../../archive/random-access.ts'
import { UserError } from '../../errors.ts'
import { readFile } from '../../sources/read-file.ts'
import { createPathNamer } from '../project.ts'
import { archiveLimitsOf } from './archive-limits.ts'
import type { SourceScan } from './scan-run.ts'

/** `--archive`: one file that must be an archive, whatever it is called. */
export const scanArchive: SourceScan = async ({
  request,
  context: { cwd },
  project,
  kernel,
  coverage,
  scanContent,
  add,
}) => {
  const { archive: path = '' } = request
  checkArchive(path, resolve(cwd, path))
  const named = createPathNamer(project, [path], cwd)(path)
  const options = {
    cwd,
    buffer: (size: number) => kernel.input(size),
    maxFileSize: Number.POSITIVE_INFINITY,
    archives: archiveLimitsOf(request),
  }
  await readFile({ path, tracked: false, follow: true }, options, coverage, content =>
    add(scanContent({ ...content, path: named + content.path.slice(path.length) })),
  )
  return { kind: 'archive', target: path }
}

function checkArchive(shown: string, path: string): void {
  const status = statSync(path, { throwIfNoEntry: false })
  if (!status?.isFile())
    throw new UserError(
      `cannot read "${shown}": ${status ? 'it is no file' : 'no such file'}`,
      'Check the path.',
    )
  const file = openSync(path, 'r')
  try {
    if (detectFormat(fileAccess(file).read(0, headLength)) || isZipName(path)) return
  } finally {
    closeSync(file)
  }
  throw new UserError(
    `"${shown}" is no archive`,
    'Zip files, tar, gzip, bzip2, xz, zstd, ar, PDF and SQLite are read; scan other files as "stanch scan PATH".',
  )
}
