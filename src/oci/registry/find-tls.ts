import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../../errors.ts'
import type { RegistryTls } from './access.ts'

/**
 * Certificates for a registry: of the file that is given, of `SSL_CERT_FILE`, and of the directories where docker and
 * podman look (`ca.crt`, `client.cert` with `client.key`).
 * @throws UserError when the given file cannot be read
 */
export function findTls(host: string, caFile: string | undefined, env: NodeJS.ProcessEnv): RegistryTls {
  const tls: RegistryTls = { ca: [] }
  for (const path of [caFile, env.SSL_CERT_FILE]) if (path) tls.ca.push(readCertificates(path))
  for (const directory of certificateDirectories(host, env)) addFrom(directory, tls)
  return tls
}

function readCertificates(path: string): string {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw new UserError(`cannot read the certificates "${path}"`, 'Check the path.', { cause: error })
  }
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text
  throw new UserError(`"${path}" holds no certificate`, 'It has to be a file in PEM form.')
}

function certificateDirectories(host: string, env: NodeJS.ProcessEnv): string[] {
  const home = env.HOME ?? ''
  return [
    join(env.XDG_CONFIG_HOME || join(home, '.config'), 'containers/certs.d'),
    join(home, '.docker/certs.d'),
    '/etc/containers/certs.d',
    '/etc/docker/certs.d',
  ].map(directory => join(directory, host))
}

function addFrom(directory: string, tls: RegistryTls): void {
  let names: string[]
  try {
    names = readdirSync(directory).sort()
  } catch {
    // Few registries have a directory of their own.
    return
  }
  for (const name of names) {
    const read = () => readFileSync(join(directory, name), 'utf8')
    if (name.endsWith('.crt')) tls.ca.push(read())
    const key = name.replace(/\.cert$/, '.key')
    if (!name.endsWith('.cert') || !names.includes(key) || tls.cert !== undefined) continue
    tls.cert = read()
    tls.key = readFileSync(join(directory, key), 'utf8')
  }
}
