/** Logins of docker, podman and skopeo, as `docker login` and the like left them. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../../errors.ts'
import { runProcess } from '../../system/process.ts'
import { isObject } from '../manifest.ts'
import type { Credentials } from './access.ts'

/** What docker.io is called in these files, for historical reasons. */
const DOCKER_HUB_KEY = 'https://index.docker.io/v1/'

/** The login for a repository, of the first file that has one. @throws UserError when a helper fails */
export async function findCredentials(
  host: string,
  repository: string,
  env: NodeJS.ProcessEnv,
): Promise<Credentials | undefined> {
  for (const file of credentialFiles(env)) {
    const config = readConfig(file)
    const found = config && (await lookUp(config, host, repository, env))
    if (found) return found
  }
  return undefined
}

/** In the order in which they count; DOCKER_CONFIG and REGISTRY_AUTH_FILE are the user's own word. */
function credentialFiles(env: NodeJS.ProcessEnv): string[] {
  const home = env.HOME ?? ''
  return [
    env.REGISTRY_AUTH_FILE,
    env.DOCKER_CONFIG ? join(env.DOCKER_CONFIG, 'config.json') : join(home, '.docker/config.json'),
    env.XDG_RUNTIME_DIR && join(env.XDG_RUNTIME_DIR, 'containers/auth.json'),
    join(env.XDG_CONFIG_HOME || join(home, '.config'), 'containers/auth.json'),
  ].filter((path): path is string => path !== undefined && path !== '')
}

function readConfig(file: string): Record<string, unknown> | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    // Most people have one of these files at most.
    return undefined
  }
  try {
    const config: unknown = JSON.parse(text)
    if (isObject(config)) return config
  } catch {
    // Told below; the parser's own words may hold what stands in the file.
  }
  throw new UserError(`"${file}" is no JSON object`, 'Mend it, or log in anew.')
}

async function lookUp(
  config: Record<string, unknown>,
  host: string,
  repository: string,
  env: NodeJS.ProcessEnv,
): Promise<Credentials | undefined> {
  const keys = keysFor(host, repository)
  const helpers = isObject(config.credHelpers) ? config.credHelpers : {}
  const helper = helpers[host] ?? helpers[keys.at(-1) ?? host]
  if (typeof helper === 'string') return askHelper(helper, keys.at(-1) ?? host, env)
  const auths = isObject(config.auths) ? config.auths : {}
  for (const key of keys) {
    const found = parseAuth(auths[key])
    if (found) return found
  }
  if (typeof config.credsStore !== 'string' || config.credsStore === '') return undefined
  return askHelper(config.credsStore, keys.at(-1) ?? host, env)
}

/** The most special first: podman keeps logins for parts of a registry, too. The last one is what helpers know. */
function keysFor(host: string, repository: string): string[] {
  const parts = repository.split('/')
  const special = parts.map((_, i) => [host, ...parts.slice(0, parts.length - i)].join('/'))
  const isHub = host === 'docker.io' || host === 'index.docker.io'
  return [...special, `https://${host}`, `https://${host}/v1/`, host, ...(isHub ? [DOCKER_HUB_KEY] : [])]
}

function parseAuth(value: unknown): Credentials | undefined {
  if (!isObject(value)) return undefined
  if (typeof value.identitytoken === 'string' && value.identitytoken !== '')
    return { identityToken: value.identitytoken }
  if (typeof value.auth === 'string' && value.auth !== '') {
    const text = Buffer.from(value.auth, 'base64').toString('utf8').replace(/\0+$/, '')
    const colon = text.indexOf(':')
    if (colon > 0) return { username: text.slice(0, colon), password: text.slice(colon + 1) }
  }
  const { username, password } = value
  if (typeof username === 'string' && typeof password === 'string' && username !== '')
    return { username, password }
  return undefined
}

/** A helper's protocol: the server's name on standard input, JSON on standard output. */
async function askHelper(
  name: string,
  server: string,
  env: NodeJS.ProcessEnv,
): Promise<Credentials | undefined> {
  if (!/^[\w.-]+$/.test(name))
    throw new UserError(`"${name}" is no name of a credential helper`, 'Look into the Docker config.')
  const program = `docker-credential-${name}`
  const { code, stdout, startError } = await runProcess(program, ['get'], {
    input: Buffer.from(`${server}\n`),
    env,
  })
  if (startError !== undefined)
    throw new UserError(
      `cannot start ${program}, which the Docker config names for ${server} (${startError})`,
      'Install it, or log in without it.',
    )
  // Helpers end with 1 also where they just have no login for it.
  if (code !== 0) return undefined
  return parseHelperAnswer(stdout.toString('utf8'), program)
}

function parseHelperAnswer(text: string, program: string): Credentials | undefined {
  try {
    const answer: unknown = JSON.parse(text)
    if (isObject(answer) && typeof answer.Username === 'string' && typeof answer.Secret === 'string') {
      if (answer.Username === '<token>') return { identityToken: answer.Secret }
      return { username: answer.Username, password: answer.Secret }
    }
  } catch {
    // Told below, without what it said.
  }
  throw new UserError(`${program} gives no answer that is known`, 'Log in anew, or without it.')
}
