/** What a project takes from others, which reads variables that the project's own code does not name. */
import { isCompose } from './compose.ts'
import { isDockerfile } from './dockerfile.ts'
import { baseOf } from './problem.ts'

export interface Readers {
  /** Of dependencies and images, but for those that only load env files. */
  names: ReadonlySet<string>
  /** What these names are made of. */
  words: ReadonlySet<string>
}

/** Manifests whose lines name dependencies; `package.json` is read as what it is. */
const manifests =
  /^(?:requirements[\w.-]*\.(?:txt|in)|pyproject\.toml|setup\.(?:py|cfg)|Pipfile|go\.mod|composer\.json|Gemfile|pom\.xml|build\.gradle(?:\.kts)?|libs\.versions\.toml|Cargo\.toml|mix\.exs|pubspec\.yaml|[\w.-]+\.(?:cs|fs)proj)$/

export function isManifest(base: string): boolean {
  return base === 'package.json' || manifests.test(base)
}

export function listReaders({ texts }: { texts: ReadonlyMap<string, string> }): Readers {
  const names = [...texts].flatMap(([path, text]) => namesIn(path, text)).filter(name => !loaders.test(name))
  return {
    names: new Set(names),
    words: new Set(
      names
        .flatMap(name => name.toLowerCase().split(/[^a-z0-9]+/))
        // `pgadmin4` reads `PGADMIN_…`.
        .flatMap(word => [word, word.replace(/\d+$/, '')])
        .filter(word => word.length > 2),
    ),
  }
}

/** Nothing but programs that hand variables over. */
const loaders = /^(?:dotenv(?:-\w+)*|python-dotenv|env-cmd|cross-env|python-decouple|environs)$/i

function namesIn(path: string, text: string): string[] {
  const base = baseOf(path)
  if (base === 'package.json') return namesInPackage(text)
  if (manifests.test(base)) return [...text.matchAll(/[A-Za-z][\w.-]*/g)].map(([name]) => name)
  return imagesIn(path, text)
}

/** Images that a Dockerfile is made of, or that Compose runs. */
export function imagesIn(path: string, text: string): string[] {
  const naming = isDockerfile(path)
    ? /^\s*FROM\s+(?:--\S+\s+)?(\S+)/gim
    : isCompose(path)
      ? /^\s*image:\s*(\S+)/gm
      : undefined
  return naming ? [...text.matchAll(naming)].map(([, name = '']) => name) : []
}

function namesInPackage(text: string): string[] {
  try {
    const manifest: unknown = JSON.parse(text)
    const parts = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies']
    return parts.flatMap(part => Object.keys((manifest as Record<string, object | undefined>)[part] ?? {}))
  } catch {
    return []
  }
}

/** Whether a word of a variable's name is one of a dependency's. */
export function mayRead({ words }: Readers, name: string): boolean {
  return name
    .toLowerCase()
    .split('_')
    .some(word => !common.has(word) && words.has(word))
}

/** Words of any name. */
const common = new Set(
  'access api app apps auth base client config core data db dev env host http https key keys local log main name new node old password port public secret server service session test token url user web'.split(
    ' ',
  ),
)
