import { groupBy } from '../../group-by.ts'
import { type BuildContext, listContexts } from '../build-contexts.ts'
import { advise, ignoreInBuild, isNeeded, type Need } from '../build-without-file.ts'
import { createDockerIgnore } from '../docker-ignore.ts'
import { startsForDevelopment } from '../dockerfile.ts'
import { doubtAll, doubtSecrets } from '../doubt.ts'
import type { EnvFile, ProjectFacts } from '../facts.ts'
import { stageOf } from '../file-names.ts'
import { type FileInBuild, followFile } from '../image-files.ts'
import {
  atSecrets,
  exposedFiles,
  type Found,
  type HygieneRule,
  isForTests,
  isOwn,
  isSecret,
  listNames,
  secretsOf,
} from '../problem.ts'

export const dockerContext: HygieneRule = {
  severity: 'high',
  summary: 'a Docker build can take it into the image',
  check: project => [...checkContexts(project), ...checkVariables(project)],
}

/** An env file that a build can take. */
interface Exposure {
  file: EnvFile
  dockerfile: string
  ignorePath: string
  /** The file's name in the context. */
  path: string
  /** Why no ignore file keeps it out. */
  why: string
  /** Why a build may break that lacks it. */
  isNeeded?: Need | undefined
  /** By what it starts. */
  isForDevelopment: boolean
  copy?: FileInBuild | undefined
}

/** One problem for all files that a line copies, one for all that only belong to a context; of several builds the one that copies. */
function checkContexts(project: ProjectFacts): Found[] {
  // Nobody gives away an image for development or tests.
  const contexts = listContexts(project.texts, project.paths).filter(
    ({ dockerfile }) => !isForDevelopers(dockerfile),
  )
  const exposures = exposedFiles(project).flatMap(file => {
    const all = contexts.flatMap(context => findExposure(file, context, project) ?? [])
    return all.find(({ copy }) => copy?.isInImage) ?? all.find(({ copy }) => copy) ?? all[0] ?? []
  })
  const copied = exposures.filter(({ copy }) => copy?.isInImage)
  const inContext = groupBy(
    exposures.filter(({ copy, file }) => !copy?.isInImage && !isPublic(file)),
    ({ dockerfile, ignorePath }) => `${dockerfile} ${ignorePath}`,
  )
  const together = groupBy(
    copied,
    ({ dockerfile, ignorePath, copy }) => `${dockerfile}:${copy?.line} ${ignorePath}`,
  )
  return [
    ...[...together.values()].flatMap(describeCopy),
    ...[...inContext.values()].flatMap(describeContext),
  ]
}

/** Whoever may build has the values anyway: git tracks the file, or a template has them. */
function isPublic(file: EnvFile): boolean {
  return file.tracked || secretsOf(file).every(({ isDocumented }) => isDocumented)
}

function findExposure(
  file: EnvFile,
  { folder, dockerfile, target }: BuildContext,
  { texts }: ProjectFacts,
): Exposure | undefined {
  const prefix = folder === '' ? '' : `${folder}/`
  if (!file.path.startsWith(prefix)) return undefined
  const path = file.path.slice(prefix.length)
  const own = `${dockerfile}.dockerignore`
  const ignorePath = texts.has(own) ? own : `${prefix}.dockerignore`
  const ignore = texts.get(ignorePath)
  if (ignore !== undefined && createDockerIgnore(ignore)(path)) return undefined
  const why = ignore === undefined ? `there is no ${prefix}.dockerignore` : `${ignorePath} does not name it`
  const text = texts.get(dockerfile) ?? ''
  const copy = followFile(text, path, target)
  return {
    file,
    dockerfile,
    ignorePath,
    path,
    why,
    isNeeded: isNeeded(file, path, text, copy),
    isForDevelopment: startsForDevelopment(text),
    copy,
  }
}

function describeCopy([first, ...others]: readonly Exposure[]): Found[] {
  if (!first) return []
  const { file, dockerfile, why, copy } = first
  const also = others.length ? `, and ${listNames(others.map(other => other.file.path))}` : ''
  return [
    {
      ...atSecrets(file),
      ...doubtAll(
        [first, ...others],
        one => doubtSecrets(secretsOf(one.file), one.file).doubt ?? doubtImage(one),
      ),
      severity: 'high',
      message: `${dockerfile}:${copy?.line} copies it into the image (${why})${also}`,
      fix: `${advise([first, ...others])} An image that was built so still holds ${others.length ? 'them' : 'it'}.`,
      repairs: [first, ...others].flatMap(ignoreInBuild),
    },
  ]
}

function doubtImage({ isForDevelopment }: Exposure): string | undefined {
  return isForDevelopment ? "the image starts a developer's server" : undefined
}

function describeContext([first, ...others]: readonly Exposure[]): Found[] {
  if (!first) return []
  const { file, dockerfile, why, copy } = first
  const also = others.length ? `, and so do ${listNames(others.map(other => other.file.path))}` : ''
  const message =
    copy && others.length === 0
      ? `${dockerfile}:${copy.line} copies it into a stage that the image leaves behind (${why})`
      : `it belongs to the build context of ${dockerfile} (${why})${also}`
  return [
    {
      ...atSecrets(file),
      ...doubtAll([first, ...others], one => doubtSecrets(secretsOf(one.file), one.file).doubt),
      severity: 'low',
      message,
      fix: advise([first, ...others]),
      repairs: [first, ...others].flatMap(ignoreInBuild),
    },
  ]
}

/** One problem for an image; what the project makes for itself is none in one for development or tests. */
function checkVariables({ dockerValues }: ProjectFacts): Found[] {
  const shown = dockerValues.filter(key => isSecret(key) && !(isOwn(key) && isForDevelopers(key.path)))
  return [...groupBy(shown, ({ path }) => path).values()].flatMap(([first, ...others]) => {
    if (!first) return []
    const { path, line, name, classification } = first
    const reason = others.length ? '' : ` (${classification.reason})`
    const are = others.length
      ? `${listNames([first, ...others].map(key => key.name))} are set to secrets`
      : `${name} is set to a secret`
    return [
      {
        path,
        line,
        key: name,
        severity: 'high' as const,
        ...doubtSecrets([first, ...others], { path, stage: stageOf(path), tracked: true }),
        message: `${are}, which the image's configuration or history shows${reason}`,
        fix: 'Give it to the build with --secret, or to the container when it starts.',
      },
    ]
  })
}

function isForDevelopers(path: string): boolean {
  const stage = stageOf(path)
  return stage === 'development' || isForTests({ path, stage })
}
