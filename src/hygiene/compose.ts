import { parseDocument } from 'yaml'

/** What a Compose file says of env files and images. Paths are as written, from the file's own folder. */
export interface ComposeFacts {
  envFiles: string[]
  /** Those of services whose image is not built here. */
  imageEnvFiles: string[]
  /** Variables that Compose fills into what such services are given; it reads them from `.env` in the file's folder. */
  imageVariables: string[]
  builds: { context: string; dockerfile?: string; target?: string }[]
}

export function isCompose(path: string): boolean {
  return /(?:^|\/)(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$/i.test(path)
}

/** A file that cannot be parsed says nothing. */
export function readCompose(text: string): ComposeFacts {
  const facts: ComposeFacts = { envFiles: [], imageEnvFiles: [], imageVariables: [], builds: [] }
  for (const service of Object.values(asRecord(asRecord(parse(text)).services))) {
    const { env_file: envFile, build } = asRecord(service)
    const named = [envFile].flat().flatMap(readEnvFile)
    facts.envFiles.push(...named)
    if (build === undefined) {
      facts.imageEnvFiles.push(...named)
      facts.imageVariables.push(...listVariables(service))
    }
    if (typeof build === 'string') facts.builds.push({ context: build })
    else if (build !== undefined) facts.builds.push(readBuild(asRecord(build)))
  }
  return facts
}

function listVariables(service: unknown): string[] {
  const text = JSON.stringify(service) ?? ''
  return [...text.matchAll(/(?<!\$)\$\{?([A-Za-z_]\w*)/g)].map(([, name = '']) => name)
}

function readBuild({ context, dockerfile, target }: Record<string, unknown>): ComposeFacts['builds'][number] {
  return {
    context: typeof context === 'string' ? context : '.',
    ...(typeof dockerfile === 'string' ? { dockerfile } : {}),
    ...(typeof target === 'string' ? { target } : {}),
  }
}

function readEnvFile(entry: unknown): string[] {
  const path = typeof entry === 'string' ? entry : asRecord(entry).path
  return typeof path === 'string' && !path.includes('$') ? [path] : []
}

function parse(text: string): unknown {
  try {
    return parseDocument(text, { logLevel: 'silent', uniqueKeys: false, merge: true }).toJS({
      maxAliasCount: 100,
    })
  } catch {
    return undefined
  }
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}
}
