/** Names of files are bytes on Unix. Those that are no UTF-8 are shown with U+FFFD and keep their bytes beside it. */
export interface FileName {
  path: string
  /** The bytes in base64, only where `path` does not tell them. */
  pathBytes?: string
}

export function toFileName(bytes: Buffer): FileName {
  const path = bytes.toString('utf8')
  // Only what cannot be decoded is lost, and this stands in its place.
  if (!path.includes('\ufffd')) return { path }
  return Buffer.from(path, 'utf8').equals(bytes) ? { path } : { path, pathBytes: bytes.toString('base64') }
}

/** What `fs` functions take to open exactly this file. */
export function toFsPath(name: FileName): string | Buffer {
  return name.pathBytes === undefined ? name.path : Buffer.from(name.pathBytes, 'base64')
}

export function joinFileName(directory: string, name: FileName): FileName {
  if (directory === '' || directory === '.') return name
  const prefix = directory.endsWith('/') ? directory : `${directory}/`
  if (name.pathBytes === undefined) return { path: prefix + name.path }
  const bytes = Buffer.concat([Buffer.from(prefix, 'utf8'), Buffer.from(name.pathBytes, 'base64')])
  return { path: prefix + name.path, pathBytes: bytes.toString('base64') }
}
