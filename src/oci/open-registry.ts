import { UserError } from '../errors.ts'
import type { OpenedImages } from './image.ts'
import { MissingBlob } from './problems.ts'
import type { ImageReference } from './reference.ts'
import { RegistryClient } from './registry/client.ts'
import { findCredentials } from './registry/credentials.ts'
import { findTls } from './registry/find-tls.ts'
import { readRoot, registryStore } from './registry/registry-store.ts'
import { type PlatformChoice, resolveImages } from './resolve-images.ts'

export interface RegistryOptions {
  plainHttp: boolean
  caFile?: string
  env: NodeJS.ProcessEnv
}

/** The server behind the name that everybody uses. */
const DOCKER_HUB = 'registry-1.docker.io'

/** @throws UserError when the image is not there or may not be read */
export async function openRegistry(
  { host, repository, tag, digest }: Extract<ImageReference, { kind: 'registry' }>,
  shown: string,
  platforms: PlatformChoice,
  { plainHttp, caFile, env }: RegistryOptions,
): Promise<OpenedImages> {
  const credentials = await findCredentials(host, repository, env)
  const client = new RegistryClient({
    origin: `${plainHttp ? 'http' : 'https'}://${host === 'docker.io' ? DOCKER_HUB : host}`,
    repository,
    ...(credentials ? { credentials } : {}),
    tls: plainHttp ? { ca: [] } : findTls(host, caFile, env),
  })
  try {
    const root = await readRoot(client, digest ?? tag ?? 'latest', digest)
    return await resolveImages(
      registryStore(client, root),
      [{ name: shown, descriptor: root.descriptor }],
      platforms,
    )
  } catch (error) {
    if (!(error instanceof MissingBlob)) throw error
    throw new UserError(
      `${host} has no image "${repository}${tag ? `:${tag}` : ''}${digest ? `@${digest}` : ''}"`,
      'Check name and tag; an image of this machine is docker-daemon:NAME.',
      { cause: error },
    )
  }
}
