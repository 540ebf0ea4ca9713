import { isCompose, readCompose } from '../../../hygiene/compose.ts'
import type { EnvFile, KeyFact, Sighting } from '../../../hygiene/facts.ts'
import { joinPath } from '../../../hygiene/join-path.ts'
import { folderOf, isForDevelopment, isForTests, isSecret } from '../../../hygiene/problem.ts'
import { createPublicity } from '../../../hygiene/publicity.ts'

/** Marks values that a template or a file for production has as well, and tokens that have ended; a certificate's key outlives it. */
export function markKeys(files: readonly EnvFile[], now: number): EnvFile[] {
  const documented = digestsOf(files.filter(({ kind }) => kind === 'template'))
  const inProduction = digestsOf(
    files.filter(({ kind, stage }) => kind === 'plain' && stage === 'production'),
  )
  const deployed = digestsOf(
    files.filter(({ kind }) => kind === 'plain'),
    key => key.isDeployed === true,
  )
  return mapKeys(markCopies(files), (key, { kind }) => ({
    ...key,
    ...(deployed.has(key.digest) ? { isDeployed: true } : {}),
    ...(kind !== 'template' && documented.has(key.digest) ? { isDocumented: true } : {}),
    ...(inProduction.has(key.digest) ? { isInProduction: true } : {}),
    ...((key.ends ?? Infinity) < now && key.classification.provider !== 'private-key'
      ? { hasEnded: true }
      : {}),
  }))
}

/**
 * Marks values that git gives everybody elsewhere as well, in code and configuration and in files for development and tests; and
 * what a tracked file gives through Compose to images that are made elsewhere, so that all who start them have the same.
 */
export function markDefaults(
  files: readonly EnvFile[],
  sightings: readonly Sighting[],
  tracked: ReadonlySet<string>,
  texts: ReadonlyMap<string, string>,
): EnvFile[] {
  const inFiles = sightings.filter(
    ({ kind, path }) => (kind === 'code' || kind === 'page') && tracked.has(path),
  )
  const inCode = inFiles.filter(({ kind }) => kind === 'code').map(({ digest }) => digest)
  const shared = files
    .filter(file => file.tracked && file.kind === 'plain')
    .flatMap(file => file.keys.filter(key => isForTests(file) || isForDevelopment(key, file.stage)))
    .map(({ digest }) => digest)
  const defaults = new Set([...inCode, ...shared])
  const isAsked = files.some(file => file.tracked && file.kind === 'plain' && file.keys.some(isSecret))
  const isGivenToImages = isAsked ? createImageTest(texts) : () => false
  const publicityOf = createPublicity({ files, inCode: inFiles, texts, isGivenToImages })
  return mapKeys(files, (key, file) => {
    const isDefault = defaults.has(key.digest) || (file.tracked && isGivenToImages(file.path, key.name))
    const publicity = isSecret(key) ? publicityOf(key, file) : 0
    return { ...key, ...(isDefault ? { isDefault } : {}), ...(publicity ? { publicity } : {}) }
  })
}

/** One key tells nothing of a copy. */
const FEW = 2

/** Marks files whose values are those of a template beside them, as a new developer makes them. */
function markCopies(files: readonly EnvFile[]): EnvFile[] {
  const templates = files.filter(({ kind }) => kind === 'template')
  return files.map(file => {
    const template = file.kind === 'plain' ? templates.find(other => isCopyOf(file, other)) : undefined
    return template ? { ...file, copyOf: template.path } : file
  })
}

function isCopyOf({ path, keys }: EnvFile, template: EnvFile): boolean {
  if (folderOf(template.path) !== folderOf(path)) return false
  const names = new Set(template.keys.map(({ name }) => name))
  const values = new Set(template.keys.map(({ name, digest }) => `${name} ${digest}`))
  const shared = keys.filter(({ name }) => names.has(name))
  return shared.length >= FEW && shared.every(({ name, digest }) => values.has(`${name} ${digest}`))
}

function createImageTest(texts: ReadonlyMap<string, string>): (path: string, name: string) => boolean {
  const files = new Set<string | undefined>()
  const variables = new Set<string>()
  for (const [path, text] of texts) {
    if (!isCompose(path)) continue
    const { imageEnvFiles, imageVariables } = readCompose(text)
    for (const name of imageEnvFiles) files.add(joinPath(folderOf(path), name))
    const env = joinPath(folderOf(path), '.env')
    for (const name of imageVariables) variables.add(`${env} ${name}`)
  }
  return (path, name) => files.has(path) || variables.has(`${path} ${name}`)
}

function mapKeys(files: readonly EnvFile[], change: (key: KeyFact, file: EnvFile) => KeyFact): EnvFile[] {
  return files.map(file => ({ ...file, keys: file.keys.map(key => change(key, file)) }))
}

function digestsOf(files: readonly EnvFile[], isMeant: (key: KeyFact) => boolean = () => true): Set<string> {
  return new Set(files.flatMap(({ keys }) => keys.filter(isMeant).map(({ digest }) => digest)))
}
