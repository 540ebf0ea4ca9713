/** What `--image` may name: a registry's image, a daemon's, or files on disk. */
import { UserError } from '../errors.ts'

export type ImageReference =
  | { kind: 'registry'; host: string; repository: string; tag?: string; digest?: string }
  | { kind: 'daemon'; name: string }
  | { kind: FileKind; path: string; tag?: string }

/** `path` is whatever lies there: the bytes tell. */
type FileKind = 'oci' | 'oci-archive' | 'docker-archive' | 'dir' | 'path'

const fileKinds: readonly FileKind[] = ['oci', 'oci-archive', 'docker-archive', 'dir']

/** Where an image comes from when its name does not say, as with every client. */
const DEFAULT_HOST = 'docker.io'

/**
 * @param exists whether there is such a file or directory
 * @throws UserError for what is no reference
 */
export function parseImageReference(text: string, exists: (path: string) => boolean): ImageReference {
  const [, scheme, rest = ''] = /^([a-z-]+):(.*)$/s.exec(text) ?? []
  if (scheme === 'docker-daemon' && rest !== '') return { kind: 'daemon', name: rest }
  const kind = fileKinds.find(known => known === scheme)
  if (kind && rest !== '') return { kind, ...splitTag(rest, exists) }
  if (exists(text)) return { kind: 'path', path: text }
  return parseRegistryReference(text.replace(/^docker:\/\//, ''), text)
}

/** A path may hold colons itself: the longest that is there counts. */
function splitTag(text: string, exists: (path: string) => boolean): { path: string; tag?: string } {
  if (exists(text)) return { path: text }
  for (let colon = text.indexOf(':', 1); colon > 0; colon = text.indexOf(':', colon + 1)) {
    const path = text.slice(0, colon)
    if (exists(path)) return { path, tag: text.slice(colon + 1) }
  }
  throw new UserError(`cannot read "${text}": no such file or directory`, 'Check the path of the image.')
}

/** The grammar of distribution: https://distribution.github.io/reference/ */
const component = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*'
const host =
  '(?:localhost|[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+|\\[[0-9a-fA-F:]+\\]|[A-Za-z0-9-]+(?=:))(?::\\d+)?'
const grammar = new RegExp(
  `^(?:(?<host>${host})/)?(?<repository>${component}(?:/${component})*)(?::(?<tag>\\w[\\w.-]{0,127}))?(?:@(?<digest>sha(?:256:[0-9a-f]{64}|512:[0-9a-f]{128})))?$`,
)

function parseRegistryReference(name: string, shown: string): ImageReference {
  const parts = name.length > 1024 ? undefined : grammar.exec(name)?.groups
  if (!parts?.repository)
    throw new UserError(
      `"${shown}" is no image: there is no such file, and no registry has such a name`,
      'Write REGISTRY/NAME:TAG, docker-daemon:NAME, docker-archive:FILE, oci:DIRECTORY or oci-archive:FILE.',
    )
  const where = parts.host ?? DEFAULT_HOST
  const isBare = where === DEFAULT_HOST && !parts.repository.includes('/')
  return {
    kind: 'registry',
    host: where,
    repository: isBare ? `library/${parts.repository}` : parts.repository,
    ...(parts.tag === undefined ? (parts.digest === undefined ? { tag: 'latest' } : {}) : { tag: parts.tag }),
    ...(parts.digest === undefined ? {} : { digest: parts.digest }),
  }
}
