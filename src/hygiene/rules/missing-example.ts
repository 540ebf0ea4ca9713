import { type Doubt, doubtAboutSecret } from '../doubt.ts'
import type { EnvFile, KeyFact, ProjectFacts } from '../facts.ts'
import { type Found, folderOf, type HygieneRule, isSecret, listNames, secretsOf } from '../problem.ts'

export const missingExample: HygieneRule = {
  severity: 'low',
  summary: 'an env file and its template name different keys',
  check: project => {
    const { files, isRepository } = project
    return files.filter(isBase).flatMap((file): Found[] => {
      const template = templateOf(file, files)
      if (template) return compare(file, template, project)
      if (!isRepository || file.tracked || file.keys.length === 0) return []
      return [
        {
          path: file.path,
          severity: 'low' as const,
          message: 'no template tells others which keys it takes',
          fix: 'Commit a .env.example with the names and no values.',
          repairs: [nameKeys(`${file.path}.example`, file.keys)],
        },
      ]
    })
  },
}

/**
 * What a developer has beside the template; files for other stages need not name every key. What git tracks nobody lacks, unless it
 * has secrets and will not be tracked for long.
 */
function isBase(file: EnvFile): boolean {
  const { kind, isCopy, path, tracked } = file
  const isKept = tracked && secretsOf(file).length === 0
  return kind !== 'template' && !isCopy && !isKept && /(?:^|\/)\.env$/.test(path)
}

/** Of its folder, for no stage in particular or for the file's own. */
export function templateOf(file: EnvFile, files: readonly EnvFile[]): EnvFile | undefined {
  const beside = templatesBeside(file, files)
  return beside.find(({ path }) => path === `${file.path}.example`) ?? beside[0]
}

function templatesBeside({ path, stage }: EnvFile, files: readonly EnvFile[]): EnvFile[] {
  return files.filter(
    file =>
      file.kind === 'template' &&
      !file.isCopy &&
      (file.stage === 'local' || file.stage === stage) &&
      folderOf(file.path) === folderOf(path),
  )
}

function compare(file: EnvFile, template: EnvFile, project: ProjectFacts): Found[] {
  const inFile = [...file.keys.map(({ name }) => name), ...file.commented]
  const inTemplate = [...template.keys.map(({ name }) => name), ...template.commented]
  const untold = file.keys.filter(({ name }) => !inTemplate.includes(name))
  const absent = template.keys.filter(({ name }) => !inFile.includes(name))
  const at = (path: string, [first]: readonly { name: string; line: number }[]) =>
    first ? [{ path, line: first.line, key: first.name, severity: 'low' as const }] : []
  return [
    ...at(file.path, untold).map(place => ({
      ...place,
      ...doubt(file, untold, project),
      message: `${template.path} does not name ${listNames(untold.map(({ name }) => name))}`,
      fix: 'Add the names, without values, to the template.',
      repairs: [nameKeys(template.path, untold)],
    })),
    ...at(template.path, absent).map(place => ({
      ...place,
      ...doubt(file, absent, project),
      message: `${file.path} lacks ${listNames(absent.map(({ name }) => name))}`,
      fix: 'Add them, or take them out of the template if nothing needs them.',
    })),
  ]
}

/** As long as everybody gets the file itself, nobody needs a template; of several, each may be for something else. */
function doubt(file: EnvFile, keys: readonly KeyFact[], { files, uses }: ProjectFacts): Doubt {
  const isLeaving = secretsOf(file).some(key => doubtAboutSecret(key, file) === undefined)
  if (file.tracked && !isLeaving) return { doubt: 'git gives everybody the file itself' }
  if (templatesBeside(file, files).length > 1) return { doubt: 'several templates lie beside it' }
  const isRead = (key: KeyFact) => uses.has(key.name)
  if (file.keys.some(isRead) && !keys.some(isRead)) return { doubt: 'nothing here names them' }
  return keys.some(isSecret) ? {} : { doubt: 'the program may have defaults for settings' }
}

function nameKeys(path: string, keys: readonly { name: string }[]) {
  return { kind: 'name-keys' as const, path, keys: [...new Set(keys.map(({ name }) => name))] }
}
