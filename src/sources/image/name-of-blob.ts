import type { Layer } from '../../oci/image.ts'

/** What ORAS and BuildKit say about a blob; it has no name of its own. */
export function nameOfBlob({ annotations, mediaType }: Layer): string {
  const title = annotations['org.opencontainers.image.title']
  if (title) return title
  const extension = /json/.test(mediaType) ? '.json' : /text/.test(mediaType) ? '.txt' : ''
  const predicate = annotations['in-toto.io/predicate-type']
    ?.replace(/^\w+:\/\//, '')
    .replace(/[^\w.-]+/g, '-')
  return `${predicate ?? 'blob'}${extension}`
}
