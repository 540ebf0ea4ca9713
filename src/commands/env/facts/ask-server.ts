import { UserError } from '../../../errors.ts'
import type { EnvFile, ServedFile } from '../../../hygiene/facts.ts'
import { secretsOf } from '../../../hygiene/problem.ts'
import { sendHttp } from '../../../system/http-request.ts'
import type { EnvReader } from './env-text.ts'

/** More are not asked for. */
const MOST_REQUESTS = 200
const AT_ONCE = 8
const TIMEOUT_MS = 5000
const LARGEST = 1024 * 1024

/**
 * Which env files a development server on this machine gives to whoever asks: each is asked for below every folder that may be
 * the server's root. An answer counts only if it holds the file's own secrets, so that a page for every address is none.
 * @throws UserError for a server elsewhere, and for one that does not answer
 */
export async function askServer(
  server: string,
  files: readonly EnvFile[],
  reader: EnvReader,
): Promise<ServedFile[]> {
  const root = readAddress(server)
  await checkReach(root)
  const wanted = files
    .filter(file => secretsOf(file).length > 0)
    .flatMap(file => suffixes(file.path).map(path => ({ file, url: new URL(path, root).href })))
    .slice(0, MOST_REQUESTS)
  const found: ServedFile[] = []
  for (let at = 0; at < wanted.length; at += AT_ONCE)
    found.push(
      ...(
        await Promise.all(wanted.slice(at, at + AT_ONCE).map(({ file, url }) => ask(url, file, reader)))
      ).flat(),
    )
  return [...new Map(found.toReversed().map(one => [one.path, one])).values()].toReversed()
}

/** Only this machine is asked: elsewhere such a request is an attempt at a break-in. */
function readAddress(server: string): URL {
  const url = URL.canParse(server) ? new URL(server) : undefined
  if (!url || !/^https?:$/.test(url.protocol))
    throw new UserError(`"${server}" is no address of a web server`, 'Write it as http://localhost:3000/.')
  if (!/^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(url.hostname))
    throw new UserError(
      `"${url.host}" is not on this machine`,
      'Only servers at localhost, 127.0.0.1 or [::1] are asked. Start yours here.',
    )
  return new URL(url.pathname.endsWith('/') ? url.href : `${url.href}/`)
}

async function checkReach(root: URL): Promise<void> {
  try {
    await sendHttp({ url: root.href, method: 'HEAD', timeoutMs: TIMEOUT_MS })
  } catch {
    throw new UserError(`no web server answers at ${root.href}`, 'Start it first, or leave --served-at out.')
  }
}

/** `a/b/.env`, `b/.env`, `.env`, each part written as in an address. */
function suffixes(path: string): string[] {
  const parts = path.split('/').map(encodeURIComponent)
  return parts.map((_, at) => parts.slice(at).join('/'))
}

async function ask(url: string, file: EnvFile, reader: EnvReader): Promise<ServedFile[]> {
  try {
    const { status, text } = await sendHttp({ url, timeoutMs: TIMEOUT_MS, maxBytes: LARGEST })
    if (status !== 200) return []
    const given = new Set(reader.read(Buffer.from(text)).keys.map(({ digest }) => digest))
    const keys = secretsOf(file)
      .filter(({ digest }) => given.has(digest))
      .map(({ name }) => name)
    return keys.length ? [{ path: file.path, url, keys }] : []
  } catch {
    // Refused, cut off or too large: not given away.
    return []
  }
}
