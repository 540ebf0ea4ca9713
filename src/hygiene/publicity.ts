/** How many things say that everybody who has a project has a value by design. */
import type { EnvFile, KeyFact, Sighting } from './facts.ts'
import { folderOf, isForDevelopment, isForTests } from './problem.ts'

export interface PublicityFacts {
  files: readonly EnvFile[]
  /** Where the project's tracked files have values. */
  inCode: readonly Sighting[]
  texts: ReadonlyMap<string, string>
  /** Whether Compose gives a file's variable to an image that is made elsewhere. */
  isGivenToImages: (path: string, name: string) => boolean
}

/** Answers for one key of a file. */
export function createPublicity({ files, inCode, texts, isGivenToImages }: PublicityFacts) {
  const kinds = kindsByDigest(inCode)
  const folders = new Map<string, Set<string>>()
  for (const { path, tracked, isCopy, keys } of files) {
    if (!tracked || isCopy) continue
    for (const { digest } of keys) folders.set(digest, (folders.get(digest) ?? new Set()).add(folderOf(path)))
  }
  return (key: KeyFact, file: EnvFile): number => {
    // Both are said of most files that developers have, also where the values are in use.
    const isLocal =
      isForDevelopment(key, file.stage) ||
      key.classification.server === 'here' ||
      isGivenToImages(file.path, key.name)
    const others = [...(folders.get(key.digest) ?? [])].filter(folder => folder !== folderOf(file.path))
    return (
      Number(isLocal) +
      Number(key.isDocumented === true) +
      weigh(kinds.get(key.digest)) +
      Number(others.length > 0) +
      Number(others.length > 3) +
      (file.tracked && file.saysDefaults ? 2 : 0) +
      (isForDevelopment(key, file.stage) && holdsDefaults(file, texts) ? 2 : 0)
    )
  }
}

/** Of values that only earlier versions had, by digest. */
export function publicityByDigest(
  sightings: readonly Pick<Sighting, 'digest' | 'path'>[],
): Map<string, number> {
  return new Map([...kindsByDigest(sightings)].map(([digest, kinds]) => [digest, weigh(kinds)]))
}

function kindsByDigest(sightings: readonly Pick<Sighting, 'digest' | 'path'>[]): Map<string, Set<string>> {
  const kinds = new Map<string, Set<string>>()
  for (const { digest, path } of sightings)
    kinds.set(digest, (kinds.get(digest) ?? new Set()).add(kindOf(path)))
  return kinds
}

/** What tests and pages show was made to be shown. */
function weigh(kinds: ReadonlySet<string> = new Set()): number {
  return Math.min(kinds.size, 2) + Number(kinds.has('test') || kinds.has('page'))
}

function kindOf(path: string): string {
  if (isForTests({ path, stage: 'local' }) || /[._-](?:test|spec)s?\.\w+$/i.test(path)) return 'test'
  if (isPage(path)) return 'page'
  return /\.(?:ya?ml|json|toml|ini|cfg|conf|properties|xml|tf|tpl)$/i.test(path) ? 'configuration' : 'code'
}

/** For people to read. */
export function isPage(path: string): boolean {
  return /\.(?:md|mdx|rst|adoc)$/i.test(path)
}

/** Symfony, Next.js, Vite: `.env` is for everybody, and the ignore file names `.env.local` instead. */
function holdsDefaults({ path, tracked }: EnvFile, texts: ReadonlyMap<string, string>): boolean {
  if (!tracked || !/(?:^|\/)\.env$/.test(path)) return false
  const folder = folderOf(path)
  const ignores = [folder === '' ? '' : `${folder}/`, ''].flatMap(
    prefix => texts.get(`${prefix}.gitignore`) ?? [],
  )
  return ignores.some(text => /^\/?\.env(?:\.\*|\*)?\.local\s*$/m.test(text))
}
