import type { FileName } from '../system/file-name.ts'

/** `outer.zip!inner`; tar begins names with `./` when it packs the current directory. */
export function innerName(outer: FileName, inner: FileName): FileName {
  const path = `${outer.path}!${inner.path.replace(/^(?:\.\/)+/, '')}`
  if (outer.pathBytes === undefined && inner.pathBytes === undefined) return { path }
  const bytes = Buffer.concat([bytesOf(outer), Buffer.from('!'), bytesOf(inner)])
  return { path, pathBytes: bytes.toString('base64') }
}

/** What a file is called that was packed alone: `dump.sql` of `backups/dump.sql.gz`. */
export function unpackedName({ path }: FileName): FileName {
  const base = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('!')) + 1)
  return {
    path: base.replace(/\.(?:gz|bz2|xz|zst|zstd)$/i, '').replace(/\.(?:tgz|tbz2?|txz|tzst)$/i, '.tar'),
  }
}

function bytesOf({ path, pathBytes }: FileName): Buffer {
  return pathBytes === undefined ? Buffer.from(path) : Buffer.from(pathBytes, 'base64')
}
