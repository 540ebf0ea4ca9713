import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { Chunks } from '../archive/byte-reader.ts'
import { UserError } from '../errors.ts'
import { isObject } from './manifest.ts'
import { readBody, sendRequest } from './registry/http.ts'

/**
 * An image of the Docker or Podman daemon, as a stream in the form of `docker save`.
 * @throws UserError when there is no daemon, or the daemon has no such image
 */
export async function saveFromDaemon(name: string, env: NodeJS.ProcessEnv): Promise<Chunks> {
  const { url, socketPath } = findDaemon(env)
  const target = new URL(`/images/${encodeURIComponent(name)}/get`, url)
  const shown = socketPath ?? target.host
  const response = await sendRequest(target, socketPath === undefined ? {} : { socketPath }).catch(error => {
    throw new UserError(
      `cannot speak to the daemon at ${shown} (${error instanceof Error && 'code' in error ? error.code : 'no answer'})`,
      'Start it, set DOCKER_HOST, or scan a saved image: docker-archive:FILE.',
      { cause: error },
    )
  })
  if (response.statusCode === 200) return response
  const message = parseMessage(await readBody(response, 64 * 1024))
  throw new UserError(
    `the daemon at ${shown} does not give "${name}": ${message ?? `status ${response.statusCode}`}`,
    'List its images with "docker images" or "podman images".',
  )
}

/** DOCKER_HOST, else CONTAINER_HOST, else the first socket that is there. */
function findDaemon(env: NodeJS.ProcessEnv): { url: string; socketPath?: string } {
  const named = env.DOCKER_HOST || env.CONTAINER_HOST
  if (named) return parseHost(named)
  const sockets = [
    '/var/run/docker.sock',
    ...(env.XDG_RUNTIME_DIR
      ? ['docker.sock', 'podman/podman.sock'].map(socket => join(env.XDG_RUNTIME_DIR ?? '', socket))
      : []),
    '/run/podman/podman.sock',
  ]
  const socketPath = sockets.find(path => statSync(path, { throwIfNoEntry: false })?.isSocket())
  if (socketPath !== undefined) return { url: 'http://localhost', socketPath }
  throw new UserError(
    'no Docker or Podman daemon was found',
    'Start it, set DOCKER_HOST, or scan a saved image: docker-archive:FILE.',
  )
}

function parseHost(host: string): { url: string; socketPath?: string } {
  if (host.startsWith('unix://')) return { url: 'http://localhost', socketPath: host.slice('unix://'.length) }
  if (/^(?:tcp|http):\/\/[^/]+\/?$/.test(host)) return { url: host.replace(/^tcp:/, 'http:') }
  throw new UserError(
    `DOCKER_HOST is "${host}", which stanch cannot speak to`,
    'unix:// and tcp:// are understood; or scan a saved image: docker-archive:FILE.',
  )
}

function parseMessage(body: Uint8Array | undefined): string | undefined {
  try {
    const answer: unknown = body && JSON.parse(Buffer.from(body).toString('utf8'))
    if (!isObject(answer)) return undefined
    const text = answer.message ?? answer.cause
    return typeof text === 'string' ? text : undefined
  } catch {
    // Not the daemon's own words.
    return undefined
  }
}
