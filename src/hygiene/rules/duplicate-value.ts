import type { EnvFile, KeyFact, ProjectFacts } from '../facts.ts'
import { exposedFiles, type Found, type HygieneRule, listNames, secretsOf } from '../problem.ts'

interface Holder {
  file: EnvFile
  key: KeyFact
}

export const duplicateValue: HygieneRule = {
  severity: 'medium',
  summary: 'one secret under several names or in several files',
  check: project => [...checkFiles(project), ...checkCode(project), ...checkVaults(project)],
}

function checkFiles({ files, neighbours }: ProjectFacts): Found[] {
  const own = new Set(files)
  return [...groupByDigest(exposedFiles({ files: [...files, ...neighbours] })).values()]
    .filter(holders => holders.length > 1 && holders.some(({ file }) => own.has(file)))
    .map(describe)
}

/** A value that the project's code or configuration holds as well. */
function checkCode({ files, sightings }: ProjectFacts): Found[] {
  const inCode = sightings.filter(({ kind }) => kind === 'code')
  return [...groupByDigest(exposedFiles({ files })).entries()].flatMap(([digest, [first]]) => {
    const places = inCode
      .filter(sighting => sighting.digest === digest)
      .map(({ path, line }) => `${path}:${line}`)
    if (!first || places.length === 0) return []
    return [
      {
        path: first.file.path,
        line: first.key.line,
        key: first.key.name,
        severity: 'medium',
        message: `${first.key.name} has the same value as ${listNames(places)}`,
        fix: 'Read the variable there instead, and replace the secret: code is committed.',
      },
    ]
  })
}

/** A value that lies in a vault needs no copy in clear. */
function checkVaults({ files, sightings }: ProjectFacts): Found[] {
  const inVaults = sightings.filter(({ kind }) => kind === 'vault')
  return [...groupByDigest(exposedFiles({ files })).entries()].flatMap(([digest, holders]) => {
    const places = inVaults
      .filter(sighting => sighting.digest === digest)
      .map(({ path, key }) => `${key} in ${path}`)
    if (places.length === 0) return []
    return holders.map(({ file, key: { name, line } }) => ({
      path: file.path,
      line,
      key: name,
      severity: 'medium' as const,
      message: `${name} has the same value as ${listNames(places)}`,
      fix: 'Take it from the vault (`stanch run`, with a template by `stanch template from`) and delete it here.',
    }))
  })
}

/** A key given twice in one file is another rule's matter, and so is a copy of a file. */
function groupByDigest(files: readonly EnvFile[]): Map<string, Holder[]> {
  const groups = new Map<string, Holder[]>()
  for (const file of files.filter(({ isCopy }) => !isCopy)) {
    for (const key of secretsOf(file)) {
      const group = groups.get(key.digest) ?? []
      const isRepeated = group.some(holder => holder.file === file && holder.key.name === key.name)
      if (!isRepeated) groups.set(key.digest, [...group, { file, key }])
    }
  }
  return groups
}

function describe(holders: readonly Holder[]): Found {
  const [first, ...others] = holders as [Holder, ...Holder[]]
  const isOneFile = others.every(({ file }) => file === first.file)
  const places = others.map(({ file, key }) => (isOneFile ? key.name : `${key.name} in ${file.path}`))
  return {
    path: first.file.path,
    line: first.key.line,
    key: first.key.name,
    severity: isOneFile ? ('low' as const) : ('medium' as const),
    message: `${first.key.name} has the same value as ${listNames(places)}`,
    fix: isOneFile
      ? 'Keep it under one name, or refer to it, so that it is replaced once.'
      : 'Give each place its own secret, or keep it in a vault, so that it is replaced once.',
  }
}
